import { abortBatch } from "@/lib/cancellation-batches/abort-batch";
import { abortCancellationBatchOperation } from "@/lib/contract/cancellation-batches";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(abortCancellationBatchOperation, async ({ db, caller, context, params }) => ({
    status: 202,
    body: await abortBatch(db, { caller, context, id: String(params["batch_id"]) }),
  })),
});
