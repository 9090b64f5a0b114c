import { ApiError } from "./api-error";

/**
 * Whether an error proves that the server did nothing. Not after a lost answer, a 5xx, 408 or 429, or while the same request
 * is still under way: with a new key it could lose to itself.
 */
export function isOutcomeKnown(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.has("idempotency_key_in_use")) return false;
  return error.status < 500 && error.status !== 408 && error.status !== 429;
}
