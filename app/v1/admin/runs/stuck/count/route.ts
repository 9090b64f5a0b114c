import { countStuckRunsOperation } from "@/lib/contract/models";
import { bind, endpoint } from "@/lib/http/endpoint";
import { listApart } from "@/lib/paging/list-apart";
import { countStuckRuns } from "@/lib/runs/count-stuck-runs";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(countStuckRunsOperation, async ({ caller }) => ({
    status: 200,
    body: await listApart(caller, (lists) => countStuckRuns(lists, caller.reach)),
  })),
});
