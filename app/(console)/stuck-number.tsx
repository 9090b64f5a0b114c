import { StuckCount } from "@/components/shell/stuck-count";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { countStuckRuns } from "@/lib/runs/count-stuck-runs";
import type { Caller } from "@/lib/states/caller";

/** How many runs are stuck as the page is rendered. Where that can't be told in time, the browser asks by itself. */
export async function StuckNumber({ caller }: { caller: Caller }) {
  const count = withListPool(caller, (lists) => countStuckRuns(lists, caller.reach));
  return <StuckCount known={await count.catch(() => undefined)} />;
}
