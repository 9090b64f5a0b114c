const MOMENT =
  /^(\d{4}-\d\d-\d\d)(?:[Tt ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?: ?([Zz])| ?([+-])((?:[01]\d|2[0-3]))(?::?([0-5]\d))?| ([01]\d|2[0-3])(?::?([0-5]\d))?)?)?$/;

/** The valid forms, for messages. */
export const MOMENT_FORMS =
  "a day or a time, such as 2026-04-01, 2026-04-01T10:30:00Z or 2026-04-01T10:30:00+02:00; in a URL, write + as %2B";

export type Moment = { iso: string; isDay: boolean };

/**
 * Parses a day (`2026-04-01`, meaning its start) or a time, in UTC unless it has an offset: `+02:00`, `+0200`
 * or `+02`. A `+` that a URL didn't encode arrives as a space; accepts that too.
 * @returns the time in UTC with all its digits, or undefined for anything else, such as February 30
 */
export function parseMoment(text: string): Moment | undefined {
  // Pasted times contain full-width digits and every kind of white space and dash.
  const match = MOMENT.exec(
    text
      .normalize("NFKC")
      .replace(/[\u2010-\u2015\u2212]/g, "-")
      .trim(),
  );
  if (!match) return undefined;
  const [, day, hour = "00", minute = "00", second = "00", fraction = "0"] = match;
  const [sign = "+", hours = "00", minutes = "00"] = [match[7], match[8] ?? match[10], match[9] ?? match[11]];
  if (!isDay(day!)) return undefined;
  const time = new Date(`${day}T${hour}:${minute}:${second}${sign}${hours}:${minutes}`);
  const year = time.getUTCFullYear();
  // The range of both PostgreSQL and this form.
  if (!(year >= 1 && year <= 9999)) return undefined;
  return { iso: time.toISOString().replace(".000Z", `.${fraction}+00:00`), isDay: match[2] === undefined };
}

/** The same text for every spelling of a time; cursors are bound to it. */
export const canonicalMoment = (text: string | undefined): string | undefined =>
  text && (parseMoment(text)?.iso ?? text);

/** The day after a day from `parseMoment`. */
export const nextDay = (iso: string): string =>
  new Date(Date.parse(iso) + 86_400_000).toISOString().replace("Z", "+00:00");

/** `Date` turns February 30 into March instead of rejecting it. */
function isDay(day: string): boolean {
  const time = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}
