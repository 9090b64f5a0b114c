import { listStuckRunsOperation } from "@/lib/contract/models";
import { bind, endpoint } from "@/lib/http/endpoint";
import { listApart } from "@/lib/paging/list-apart";
import { findStuckRuns } from "@/lib/runs/find-stuck-runs";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listStuckRunsOperation, async ({ caller, query }) => ({
    status: 200,
    body: await listApart(caller, (lists) => findStuckRuns(lists, caller.reach, query)),
  })),
});
