import { listStuckRunsOperation } from "@/lib/contract/models";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { findStuckRuns } from "@/lib/runs/find-stuck-runs";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listStuckRunsOperation, async ({ caller, query }) => ({
    status: 200,
    body: await withListPool(caller, (lists) => findStuckRuns(lists, caller.reach, query)),
  })),
});
