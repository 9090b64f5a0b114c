import { findItems } from "@/lib/cancellation-batches/find-items";
import { listCancellationBatchItemsOperation } from "@/lib/contract/cancellation-batches";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listCancellationBatchItemsOperation, async ({ caller, params, query }) => ({
    status: 200,
    body: await withListPool(caller, (db) => findItems(db, caller.reach, String(params["batch_id"]), query)),
  })),
});
