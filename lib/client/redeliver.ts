import type { Delivery } from "@/lib/contract/deliveries";
import { send } from "./send";

/**
 * Requests one more delivery.
 * @param path of the redelivery operation, with its ids
 * @param idempotencyKey the same for every try of one decision
 * @throws ApiError, ConnectionError
 */
export const redeliver = (path: string, idempotencyKey: string): Promise<Delivery> =>
  send(async () => (await import("@/lib/contract/deliveries")).Delivery, {
    method: "POST",
    path,
    idempotencyKey,
  });
