import type { RequestedCheckpoint } from "@/lib/contract/audit-checkpoints";
import { send } from "./send";

/**
 * Asks for a checkpoint now.
 * @param idempotencyKey the same for every try of one decision
 * @returns the newest one that was there: the one that was asked for has a higher number
 * @throws ApiError, ConnectionError
 */
export const requestCheckpoint = (idempotencyKey: string): Promise<RequestedCheckpoint> =>
  send(async () => (await import("@/lib/contract/audit-checkpoints")).RequestedCheckpoint, {
    method: "POST",
    path: "/v1/admin/audit-log/checkpoints",
    idempotencyKey,
  });
