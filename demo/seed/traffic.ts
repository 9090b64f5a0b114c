import type { Random } from "./random";

const HOUR_MS = 3_600_000;

/** Requests per hour of a UTC day, relative to the busiest hour: office hours in Europe and America. */
const HOURS = [
  18, 14, 11, 10, 11, 15, 24, 42, 64, 80, 88, 92, 90, 95, 100, 99, 92, 82, 70, 58, 48, 40, 32, 24,
];
const WEEKEND = 0.42;
/** How much busier the last day is than the first. */
const GROWTH = 0.35;

/**
 * Sorted times of `count` requests in the days before `end` (Unix ms), with daily and weekly cycles and
 * growth.
 */
export function spreadOverDays(count: number, days: number, end: number, random: Random): number[] {
  const hours = days * 24;
  const sums: number[] = [];
  for (let hour = 0, sum = 0; hour < hours; hour++) {
    const at = new Date(end - (hours - hour) * HOUR_MS);
    const isWeekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
    sum +=
      HOURS[at.getUTCHours()]! *
      (isWeekend ? WEEKEND : 1) *
      (1 + (GROWTH * hour) / hours) *
      (0.85 + 0.3 * random.next());
    sums.push(sum);
  }
  const moments = Array.from({ length: count }, () => {
    const hour = findHour(sums, random.next() * sums.at(-1)!);
    return Math.floor(end - (hours - hour - random.next()) * HOUR_MS);
  });
  return moments.sort((left, right) => left - right);
}

/** The first hour whose running sum exceeds the value. */
function findHour(sums: number[], value: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
