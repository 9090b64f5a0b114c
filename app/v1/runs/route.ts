import { listRunsOperation } from "@/lib/contract/runs";
import { bind, endpoint } from "@/lib/http/endpoint";
import { findRuns } from "@/lib/runs/find-runs";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listRunsOperation, async ({ db, caller, query }) => ({
    status: 200,
    body: await findRuns(db, caller.reach, query),
  })),
});
