import { ApiError, ConnectionError, NotSentError } from "./api-error";

/** Whether the request was refused because the session has ended. */
export const isSessionEnd = (error: Error): boolean =>
  error instanceof ApiError && error.status === 401 && error.code === "UNAUTHORIZED";

/**
 * Describes a failed request for people: the server's message, unless it addresses scripts.
 * @param isRepeatable whether sending the same request again is safe
 */
export function describeFailure(error: Error, isRepeatable = false): string {
  if (isSessionEnd(error)) return "Your session has ended.";
  if (error instanceof ApiError) return error.message;
  if (error instanceof ConnectionError) {
    return isRepeatable
      ? "The connection was lost before a response arrived. You can safely try again; the request is never carried out twice."
      : "The connection was lost before a response arrived. Reload the page to see whether the request went through.";
  }
  if (error instanceof NotSentError) {
    return "Part of this page is missing, probably because the console was updated. Nothing was sent. Reload the page.";
  }
  return "The response could not be read. Reload the page to see whether the request went through.";
}
