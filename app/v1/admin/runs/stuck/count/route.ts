import { countStuckRunsOperation } from "@/lib/contract/models";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { countStuckRuns } from "@/lib/runs/count-stuck-runs";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(countStuckRunsOperation, async ({ caller }) => ({
    status: 200,
    body: await withListPool(caller, (lists) => countStuckRuns(lists, caller.reach)),
  })),
});
