import { changeBatch } from "@/lib/cancellation-batches/change-batch";
import { getBatch } from "@/lib/cancellation-batches/get-batch";
import {
  changeCancellationBatchOperation,
  getCancellationBatchOperation,
} from "@/lib/contract/cancellation-batches";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getCancellationBatchOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await getBatch(db, caller, String(params["batch_id"])),
  })),
  PATCH: bind(changeCancellationBatchOperation, async ({ db, caller, params, body }) => ({
    status: 200,
    body: await changeBatch(db, caller, String(params["batch_id"]), body),
  })),
});
