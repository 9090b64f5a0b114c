import { listAdminRunsOperation } from "@/lib/contract/runs";
import { bind, endpoint } from "@/lib/http/endpoint";
import { listApart } from "@/lib/paging/list-apart";
import { findRuns } from "@/lib/runs/find-runs";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listAdminRunsOperation, async ({ caller, query }) => ({
    status: 200,
    body: await listApart(caller, (db) => findRuns(db, caller.reach, query)),
  })),
});
