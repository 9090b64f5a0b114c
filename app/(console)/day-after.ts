import { nextDay, parseMoment } from "@/lib/contract/moment";

const LAST_DAY = "9999-12-31";

/** A form names the last day that is shown; the API takes the first moment that is not. */
export function dayAfter(day: string): string | undefined {
  // The last representable day has no successor, so nothing needs to be excluded.
  if (day === LAST_DAY) return undefined;
  const moment = parseMoment(day);
  return moment?.isDay ? nextDay(moment.iso).slice(0, 10) : day;
}
