import { nextDay, parseMoment } from "@/lib/contract/moment";

const LAST_DAY = "9999-12-31";

/** A form names the last day to show; the API takes an exclusive end. */
export function dayAfter(day: string): string | undefined {
  // The last representable day has no successor, and needs no end.
  if (day === LAST_DAY) return undefined;
  const moment = parseMoment(day);
  return moment?.isDay ? nextDay(moment.iso).slice(0, 10) : day;
}
