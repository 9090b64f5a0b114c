import type { RequestedCheckpoint } from "@/lib/contract/audit-checkpoints";
import { send } from "./send";

/**
 * Requests a checkpoint.
 * @param idempotencyKey the same for every try of one decision
 * @returns the newest checkpoint so far; the requested one will have a higher number
 * @throws ApiError, ConnectionError
 */
export const requestCheckpoint = (idempotencyKey: string): Promise<RequestedCheckpoint> =>
  send(async () => (await import("@/lib/contract/audit-checkpoints")).RequestedCheckpoint, {
    method: "POST",
    path: "/v1/admin/audit-log/checkpoints",
    idempotencyKey,
  });
