import { fromWall, toWall } from "./time-zone";

/** In milliseconds; `to` is exclusive. */
export type TimeRange = { from: number; to: number };

const MINUTE = 60_000;
const DAY = 86_400_000;
/** The margin around a single time. */
const AROUND = 15 * MINUTE;

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const DAY_FORM = /^(today|yesterday|\d{4}-\d\d-\d\d|([a-z]{3})[a-z]* (\d{1,2}))\b,?\s*(?:at )?/i;
const TIME_FORM = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/;

/**
 * Parses a range as people write it: "yesterday 23:30 to 23:50", "2026-11-28", "Nov 28, 9:00 to Nov 29,
 * 10:00". A single time means 15 minutes on either side.
 * @param zone of the text's times
 */
export function parseTimeRange(text: string, now: number, zone: string): TimeRange | undefined {
  const [start, end, more] = text.trim().split(/\s+(?:to|until|-)\s+|\s*(?:–|—|\.\.)\s*/i);
  if (!start || more !== undefined) return undefined;
  const today = toWall(now, zone).slice(0, 10);
  const first = readPoint(start, today, today);
  if (!first) return undefined;
  if (end === undefined) {
    if (first.isDay) return { from: at(first, zone), to: at(dayAfter(first), zone) };
    return { from: at(first, zone) - AROUND, to: at(first, zone) + AROUND };
  }
  let last = readPoint(end, today, first.day);
  if (!last) return undefined;
  if (last.isDay) last = dayAfter(last);
  // "23:30 to 00:10" ends on the next day.
  if (at(last, zone) <= at(first, zone) && !DAY_FORM.test(end)) last = { ...dayAfter(last), time: last.time };
  const range = { from: at(first, zone), to: at(last, zone) };
  return range.from < range.to ? range : undefined;
}

/**
 * Splits a look-up such as "papaya yesterday 23:30 to 23:50" into its text, which may be empty, and its time
 * range. The longest range at the end wins. It needs a time of day: a date alone may belong to a name.
 */
export function splitTimeRange(
  text: string,
  now: number,
  zone: string,
): { text: string; range: TimeRange } | undefined {
  const words = text.trim().split(/\s+/);
  for (let at = 0; at < words.length; at++) {
    const end = words.slice(at).join(" ");
    const range = /\d:\d\d/.test(end) ? parseTimeRange(end, now, zone) : undefined;
    if (range) return { text: words.slice(0, at).join(" ").replace(/,$/, ""), range };
  }
  return undefined;
}

type Point = { day: string; time: string; isDay: boolean };

function readPoint(text: string, today: string, sameDay: string): Point | undefined {
  const named = DAY_FORM.exec(text);
  const day = named ? readDay(named, today) : sameDay;
  const rest = text.slice(named?.[0].length ?? 0).trim();
  if (day === undefined || !isDay(day)) return undefined;
  if (rest === "") return named ? { day, time: "00:00:00", isDay: true } : undefined;
  const [, hour = "", minute = "", second = "00"] = TIME_FORM.exec(rest) ?? [];
  if (hour === "" || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return { day, time: `${hour.padStart(2, "0")}:${minute}:${second}`, isDay: false };
}

function readDay([, word = "", month = "", date = ""]: RegExpExecArray, today: string): string | undefined {
  if (/^today$/i.test(word)) return today;
  if (/^yesterday$/i.test(word)) return shift(today, -1);
  if (!month) return word;
  const place = MONTHS.indexOf(month.toLowerCase());
  if (place < 0) return undefined;
  const day = `${String(place + 1).padStart(2, "0")}-${date.padStart(2, "0")}`;
  const thisYear = Number(today.slice(0, 4));
  // Without a year, the most recent such day.
  return `${today.slice(5) < day ? thisYear - 1 : thisYear}-${day}`;
}

/** `Date` turns February 31 into March instead of rejecting it. */
const isDay = (day: string): boolean => {
  const ms = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
};
const shift = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00Z`) + days * DAY).toISOString().slice(0, 10);
const dayAfter = (point: Point): Point => ({ ...point, day: shift(point.day, 1) });
const at = ({ day, time }: Point, zone: string): number => fromWall(`${day}T${time}`, zone);
