import { retryBatch } from "@/lib/cancellation-batches/retry-batch";
import { retryCancellationBatchOperation } from "@/lib/contract/cancellation-batches";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(retryCancellationBatchOperation, async ({ db, caller, context, params }) => ({
    status: 202,
    body: await retryBatch(db, { caller, context, id: String(params["batch_id"]) }),
  })),
});
