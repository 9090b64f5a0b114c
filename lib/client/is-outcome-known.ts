import { ApiError } from "./api-error";

/**
 * Whether an error proves that the server did nothing. A lost response, a 5xx, 408 or 429 doesn't, nor does
 * an identical request still in flight: a retry with a new key could lose to the first.
 */
export function isOutcomeKnown(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.has("idempotency_key_in_use")) return false;
  return error.status < 500 && error.status !== 408 && error.status !== 429;
}
