import { Notice } from "@/components/ui/notice";
import { ApiError, ConnectionError } from "@/lib/client/api-error";

/** The server's own sentence, with the id under which support finds the request. */
export function RequestFailure({ error }: { error: Error }) {
  return (
    <Notice tone="danger" role="alert">
      <p className="font-medium">{sentence(error)}</p>
      {error instanceof ApiError && error.requestId && (
        <p className="text-ink-muted mt-0.5 text-sm">
          Request id <code className="mono wrap-anywhere">{error.requestId}</code>
        </p>
      )}
    </Notice>
  );
}

function sentence(error: Error): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof ConnectionError) {
    return "The connection was lost before an answer came. Try again: the same request is not carried out twice.";
  }
  return "The answer could not be read. Reload the page to see how the run stands.";
}
