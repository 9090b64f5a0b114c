import { findCheckpoints } from "@/lib/audit/checkpoints/find-checkpoints";
import { requestCheckpoint } from "@/lib/audit/checkpoints/request-checkpoint";
import { listCheckpointsOperation, requestCheckpointOperation } from "@/lib/contract/audit-checkpoints";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listCheckpointsOperation, async ({ caller, query }) => ({
    status: 200,
    body: await withListPool(caller, (db) => findCheckpoints(db, query)),
  })),
  POST: bind(requestCheckpointOperation, async ({ db, caller, context }) => ({
    status: 202,
    body: await requestCheckpoint(db, { caller, context }),
  })),
});
