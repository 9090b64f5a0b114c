import { ApiError, ConnectionError } from "@/lib/client/api-error";
import { Notice } from "@/components/ui/notice";

type Props = {
  error: Error;
  /** Whether the same request, sent again, is not carried out twice. */
  isRepeatable?: boolean;
};

/** The server's own sentence, with the id under which support finds the request. */
export function RequestFailure({ error, isRepeatable = false }: Props) {
  return (
    <Notice tone="danger" role="alert">
      <p className="font-medium">{sentence(error, isRepeatable)}</p>
      {error instanceof ApiError && error.requestId && (
        <p className="text-ink-muted mt-0.5 text-sm">
          Request id <code className="mono wrap-anywhere">{error.requestId}</code>
        </p>
      )}
    </Notice>
  );
}

function sentence(error: Error, isRepeatable: boolean): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof ConnectionError) {
    return isRepeatable
      ? "The connection was lost before an answer came. Try again: the same request is not carried out twice."
      : "The connection was lost before an answer came. Reload the page to see whether it was done.";
  }
  return "The answer could not be read. Reload the page to see how things stand.";
}
