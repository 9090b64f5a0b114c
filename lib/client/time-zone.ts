export const UTC = "UTC";

/**
 * The time zone that a person chose. A cookie, so that the server renders it too and hydration changes
 * nothing.
 */
export const TIME_ZONE_COOKIE = "runflow-time-zone";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Digits only: the names that zones have differ between Node and browsers. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const digits = {
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  } as const;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    ...digits,
  });
  formats.set(zone, format);
  return format;
}

/** @returns the zone if it exists, else UTC */
export function readTimeZone(text: string | undefined): string {
  try {
    formatOf(text || UTC);
    return text || UTC;
  } catch {
    return UTC;
  }
}

/** The wall clock's reading, as if it were UTC, in milliseconds. */
function wallMs(ms: number, zone: string): number {
  if (zone === UTC) return ms;
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((ms % 1000) + 1000) % 1000);
}

/** @returns the wall-clock time in a zone: `2026-11-28T18:41:07.123` */
export const toWall = (ms: number, zone: string): string =>
  new Date(wallMs(ms, zone)).toISOString().slice(0, -1);

/**
 * @param wall such as `2026-11-28T18:41`
 * @returns the time when a zone's clocks show this; if they show it twice, the earlier
 */
export function fromWall(wall: string, zone: string): number {
  const ms = Date.parse(`${wall}Z`);
  const before = ms - offsetMs(ms - 86_400_000, zone);
  return wallMs(before, zone) === ms ? before : ms - offsetMs(ms + 86_400_000, zone);
}

const offsetMs = (ms: number, zone: string): number => wallMs(ms, zone) - ms;

/** @returns "UTC", "UTC-5" or "UTC+5:30" */
export function offsetName(ms: number, zone: string): string {
  const minutes = Math.round(offsetMs(ms, zone) / 60_000);
  if (minutes === 0) return UTC;
  const rest = Math.abs(minutes) % 60;
  const hours = Math.floor(Math.abs(minutes) / 60);
  return `UTC${minutes < 0 ? "-" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

/** @returns "New York" for "America/New_York" */
export const zoneName = (zone: string): string => zone.split("/").at(-1)!.replaceAll("_", " ");

export const browserZone = (): string => readTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
