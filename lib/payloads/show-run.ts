import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import type { Run } from "@/lib/contract/runs";
import type { Db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";
import { findReveal } from "./find-reveal";
import { maskDelivery, maskRun } from "./mask";

/** @returns the run, with payloads masked unless this caller may see them */
export const showRun = async (db: Db, caller: Caller, run: Run): Promise<Run> =>
  (await findReveal(db, caller, run.id)) ? run : maskRun(run);

/** @returns runs as this caller may see them in a list, where payloads are never revealed */
export const showRuns = <R extends Partial<Run>>(caller: Caller, runs: R[]): R[] =>
  caller.kind === "session" ? runs.map(maskRun) : runs;

/** @returns deliveries about one run as this caller may see them */
export async function showDeliveries(
  db: Db,
  caller: Caller,
  deliveries: DeliveryWithAttempts[],
): Promise<DeliveryWithAttempts[]> {
  const runId = deliveries[0]?.run_id;
  // A test delivery is about a made-up run.
  if (!runId || (await findReveal(db, caller, runId))) return deliveries;
  return deliveries.map(maskDelivery);
}
