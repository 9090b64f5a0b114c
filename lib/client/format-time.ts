import { offsetName, toWall, UTC } from "./time-zone";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @returns a duration in at most two units: "420 ms", "4.2 s", "4 min 10 s", "2 d 4 h" */
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

/** @returns a rounded duration: "9.2 s", "18 s", "1 min 30 s", "12 min", "3 hours", "6 days" */
export function formatRough(ms: number): string {
  if (ms < 10 * SECOND) return formatDuration(ms);
  if (ms < MINUTE - SECOND / 2) return `${Math.round(ms / SECOND)} s`;
  if (ms < 10 * MINUTE) return formatDuration(Math.round(ms / (10 * SECOND)) * 10 * SECOND);
  if (ms < 90 * MINUTE) return `${Math.round(ms / MINUTE)} min`;
  if (ms < 36 * HOUR) return `${Math.round(ms / HOUR)} hours`;
  return `${Math.round(ms / DAY)} days`;
}

/** @returns an age in one unit, rounded down: "4 s", "12 min", "3 h", "9 d" */
export function formatAge(ms: number): string {
  if (ms < SECOND) return "0 s";
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

/** @param time in the API's format; a time slightly in the future, from a slow clock, counts as now */
export const formatAgo = (time: string, now: number): string => {
  const ms = now - Date.parse(time);
  return ms < SECOND ? "just now" : `${formatAge(ms)} ago`;
};

/** "2026-05-23 10:42:11.007 UTC", or "2026-05-23 06:42:11.007 UTC-4" in another zone. */
export function formatAbsolute(time: string, zone = UTC): string {
  const ms = Date.parse(time);
  return `${toWall(ms, zone).replace("T", " ")} ${offsetName(ms, zone)}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Shown next to an age: "10:42:11" on the same day, "May 23, 10:42" in the same year, else "2025-05-23". */
export function formatShort(time: string, now: number, zone: string): string {
  const [wall, today] = [toWall(Date.parse(time), zone), toWall(now, zone)];
  if (wall.slice(0, 10) === today.slice(0, 10)) return wall.slice(11, 19);
  if (wall.slice(0, 4) !== today.slice(0, 4)) return wall.slice(0, 10);
  return `${formatDay(wall)}, ${wall.slice(11, 16)}`;
}

/**
 * Returns "Nov 28, 23:30–23:50", "since Nov 28, 23:30", or both days.
 * @param from and to, times in UTC or empty
 */
export function formatRange(from: string, to: string, zone: string): string {
  const wall = (time: string) => toWall(Date.parse(time), zone);
  const write = (time: string) => `${formatDay(wall(time))}, ${wall(time).slice(11, 16)}`;
  if (!from || !to) return from ? `since ${write(from)}` : to && `before ${write(to)}`;
  const isSameDay = wall(from).slice(0, 10) === wall(to).slice(0, 10);
  return isSameDay ? `${write(from)}–${wall(to).slice(11, 16)}` : `${write(from)} – ${write(to)}`;
}

/** "15:54 UTC", for times so near that the day and the seconds don't matter. */
export const formatMinute = (time: string): string => `${time.slice(11, 16)} UTC`;

/** @param day `2026-11-17` @returns "Nov 17" */
export const formatDay = (day: string): string =>
  `${MONTHS[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(8, 10))}`;

export const formatClock = (time: string, zone = UTC): string => toWall(Date.parse(time), zone).slice(11, 23);
