import { StuckCount } from "@/components/shell/stuck-count";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { countStuckRuns } from "@/lib/runs/count-stuck-runs";
import type { Caller } from "@/lib/states/caller";

/** How many runs are stuck when the page is rendered. If the count times out, the browser asks for it. */
export async function StuckNumber({ caller }: { caller: Caller }) {
  const count = withListPool(caller, (lists) => countStuckRuns(lists, caller.reach));
  return <StuckCount known={await count.catch(() => undefined)} />;
}
