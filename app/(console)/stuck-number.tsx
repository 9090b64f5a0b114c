import { StuckCount } from "@/components/shell/stuck-count";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { countStuckRuns } from "@/lib/runs/count-stuck-runs";
import type { Caller } from "@/lib/states/caller";

/** The stuck-run count at render time. If the count times out, the browser asks for it. */
export async function StuckNumber({ caller }: { caller: Caller }) {
  const count = withListPool(caller, (lists) => countStuckRuns(lists, caller.reach));
  return <StuckCount known={await count.catch(() => undefined)} />;
}
