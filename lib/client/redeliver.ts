import type { Delivery } from "@/lib/contract/deliveries";
import { callApi } from "./call-api";

/**
 * Asks for one more delivery.
 * @param path of the redelivery's operation, with its ids
 * @param idempotencyKey the same for every try of one decision
 * @throws ApiError, ConnectionError
 */
export async function redeliver(path: string, idempotencyKey: string): Promise<Delivery> {
  // With its first use, as zod is the largest part of it.
  const { Delivery: schema } = await import("@/lib/contract/deliveries");
  const { data } = await callApi(schema, path, {
    method: "POST",
    headers: { "Idempotency-Key": idempotencyKey },
  });
  return data;
}
