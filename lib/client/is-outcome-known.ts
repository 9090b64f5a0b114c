import { ApiError } from "./api-error";

/**
 * Whether an error settles what became of a request: the server has refused it and done nothing. It has not where no
 * answer of the server's came, where one says that something broke or took too long on the way, and where the same
 * request is still under way: asked again with another key, the request could lose to itself.
 */
export function isOutcomeKnown(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.has("idempotency_key_in_use")) return false;
  return error.status < 500 && error.status !== 408 && error.status !== 429;
}
