import { StuckCount } from "@/components/shell/stuck-count";
import type { Caller } from "@/lib/identity/caller";
import { listApart } from "@/lib/paging/list-apart";
import { countStuckRuns } from "@/lib/runs/count-stuck-runs";

/** How many runs are stuck as the page is rendered. Where that can't be told in time, the browser asks by itself. */
export async function StuckNumber({ caller }: { caller: Caller }) {
  const count = listApart(caller, (lists) => countStuckRuns(lists, caller.reach));
  return <StuckCount known={await count.catch(() => undefined)} />;
}
