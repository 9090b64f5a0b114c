const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @returns a span as people say it, in at most two units: "420 ms", "4.2 s", "4 min 10 s", "2 d 4 h" */
export function formatDuration(ms: number): string {
  if (ms < SECOND) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10 * SECOND) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return inTwo(ms, MINUTE, "min", SECOND, "s");
  if (ms < DAY) return inTwo(ms, HOUR, "h", MINUTE, "min");
  return inTwo(ms, DAY, "d", HOUR, "h");
}

function inTwo(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${largeName}${rest ? ` ${rest} ${smallName}` : ""}`;
}

/** @returns a span as people round it, in words: "9.2 s", "18 s", "1 min 30 s", "12 min", "3 hours", "6 days" */
export function formatRough(ms: number): string {
  if (ms < 10 * SECOND) return formatDuration(ms);
  if (ms < MINUTE - SECOND / 2) return `${Math.round(ms / SECOND)} s`;
  if (ms < 10 * MINUTE) return formatDuration(Math.round(ms / (10 * SECOND)) * 10 * SECOND);
  if (ms < 90 * MINUTE) return `${Math.round(ms / MINUTE)} min`;
  if (ms < 36 * HOUR) return `${Math.round(ms / HOUR)} hours`;
  return `${Math.round(ms / DAY)} days`;
}

/** @returns the distance in one unit, rounded down: "4 s", "12 min", "3 h", "9 d" */
export function formatAge(ms: number): string {
  if (ms < SECOND) return "0 s";
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

/** @param time as the API writes it; a clock that is a little behind must not speak of the future */
export const formatAgo = (time: string, now: number): string => {
  const ms = now - Date.parse(time);
  return ms < SECOND ? "just now" : `${formatAge(ms)} ago`;
};

/** `2026-05-23T10:42:11.000+00:00` as "2026-05-23 10:42:11.000 UTC": the same words for everyone, to the millisecond. */
export const formatAbsolute = (time: string): string => `${time.slice(0, 10)} ${formatClock(time)} UTC`;

/**
 * The same moment in the person's own time: "2026-05-23 16:12:11 GMT+5:30, your time".
 * @param timeZone the browser's, unless a test says another
 */
export const formatLocal = (time: string, timeZone?: string): string =>
  `${new Date(time).toLocaleString("sv", { timeZone, dateStyle: "short", timeStyle: "long" })}, your time`;

/** "15:54 UTC", for what comes so soon that nobody asks for the day or the second. */
export const formatMinute = (time: string): string => `${time.slice(11, 16)} UTC`;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** @param day `2026-11-17` @returns "Nov 17" */
export const formatDay = (day: string): string =>
  `${MONTHS[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(8, 10))}`;

export const formatClock = (time: string): string => time.slice(11, 23);
