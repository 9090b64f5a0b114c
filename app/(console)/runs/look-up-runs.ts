import { writeMoment } from "@/lib/client/run-filters";
import { splitTimeRange } from "@/lib/client/time-range";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { type LookUp, lookUp } from "@/lib/runs/look-up";
import type { Caller } from "@/lib/states/caller";

/** @property range the list's `from` and `to` */
type LookedUp = { found: LookUp; range?: { from: string; to: string } };

/**
 * Looks a text up. A time range at its end limits the list of a customer, key, model or expression before it:
 * "papaya yesterday 23:30 to 23:50".
 * @param zone of the range
 */
export async function lookUpRuns(caller: Caller, text: string, zone: string): Promise<LookedUp> {
  const look = (what: string) => withListPool(caller, (lists) => lookUp(lists, caller, what));
  const split = splitTimeRange(text, Date.now(), zone);
  if (!split) return { found: await look(text) };
  const found = split.text ? await look(split.text) : ({ kind: "filter", q: "" } as const);
  // An unknown name is taken for a client ref, which may well end with a time.
  if (found.kind !== "filter" || found.q.startsWith("client_ref:")) return { found: await look(text) };
  const { from, to } = split.range;
  return { found, range: { from: writeMoment(from), to: writeMoment(to) } };
}
