import { startBatch } from "@/lib/cancellation-batches/start-batch";
import { startCancellationBatchOperation } from "@/lib/contract/cancellation-batches";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(startCancellationBatchOperation, async ({ db, caller, context, params, body }) => {
    const start = { caller, context, id: String(params["batch_id"]), expectedCount: body.expected_count };
    return { status: 202, body: await startBatch(db, start) };
  }),
});
