import { findBatches } from "@/lib/cancellation-batches/find-batches";
import { planBatch } from "@/lib/cancellation-batches/plan-batch";
import {
  listCancellationBatchesOperation,
  planCancellationBatchOperation,
} from "@/lib/contract/cancellation-batches";
import { admitComparison } from "@/lib/payloads/admit-comparison";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(planCancellationBatchOperation, async ({ db, caller, context, body }) => {
    await admitComparison(db, { caller, context, q: body.q ?? undefined });
    const batch = await planBatch(db, { caller, context, body });
    return { status: 201, body: batch, headers: { Location: batch.links.self } };
  }),
  GET: bind(listCancellationBatchesOperation, async ({ caller, query }) => ({
    status: 200,
    body: await withListPool(caller, (db) => findBatches(db, caller.reach, query)),
  })),
});
