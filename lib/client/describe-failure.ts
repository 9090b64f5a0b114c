import { ApiError, ConnectionError, NotSentError } from "./api-error";

/** Whether a request was refused because nobody is signed in any more. */
export const isSessionEnd = (error: Error): boolean =>
  error instanceof ApiError && error.status === 401 && error.code === "UNAUTHORIZED";

/**
 * What happened to a request, for a person: the server's own sentence, except where that speaks to scripts.
 * @param isRepeatable whether the same request, sent again, is not carried out twice
 */
export function describeFailure(error: Error, isRepeatable = false): string {
  if (isSessionEnd(error)) return "Your session has ended.";
  if (error instanceof ApiError) return error.message;
  if (error instanceof ConnectionError) {
    return isRepeatable
      ? "The connection was lost before a response arrived. Try again: the same request is not carried out twice."
      : "The connection was lost before a response arrived. Reload the page to see whether it was done.";
  }
  if (error instanceof NotSentError) {
    return "Part of this page is missing, probably because the console was updated. Nothing was sent. Reload the page.";
  }
  return "The response could not be read. Reload the page to see whether it was done.";
}
