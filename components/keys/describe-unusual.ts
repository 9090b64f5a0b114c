import type { KeyActivity } from "@/lib/contract/keys";
import { totalOf } from "./total-of";

/** Fewer runs in an hour are no concern, however unusual. */
const LEAST = 100;
/** This many times the median of the hours before. */
const FACTOR = 5;

type Hours = Pick<KeyActivity, "hours" | "hours_are_partial">;

/** @returns why a key's last hour deserves a look, or undefined */
export function describeUnusual({ hours, hours_are_partial: isPartial }: Hours): string | undefined {
  if (isPartial) return undefined;
  const totals = hours.map(totalOf);
  const last = totals.pop() ?? 0;
  const usual = totals.toSorted((one, other) => one - other)[Math.floor(totals.length / 2)] ?? 0;
  if (last < Math.max(LEAST, FACTOR * usual)) return undefined;
  const runs = `${last.toLocaleString("en")} runs in the last hour`;
  return usual === 0
    ? `${runs}; before, it was rarely used.`
    : `${runs}, ${Math.round(last / usual).toLocaleString("en")} times its usual ${usual.toLocaleString("en")}.`;
}
