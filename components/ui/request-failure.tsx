import { Notice } from "./notice";
import { ApiError } from "@/lib/client/api-error";
import { describeFailure, isSessionEnd } from "@/lib/client/describe-failure";
import { paths } from "@/lib/client/paths";

type Props = {
  error: Error;
  /** Whether retrying the same request is safe (idempotent). */
  isRepeatable?: boolean;
};

/** The server's message, with the request ID for support. */
export function RequestFailure({ error, isRepeatable = false }: Props) {
  if (isSessionEnd(error)) return <SessionEnded />;
  return (
    <Notice tone="danger" role="alert">
      <p className="font-medium">{describeFailure(error, isRepeatable)}</p>
      {error instanceof ApiError && error.requestId && (
        <p className="text-ink-muted mt-0.5 text-sm">
          Request ID <code className="mono wrap-anywhere">{error.requestId}</code>
        </p>
      )}
    </Notice>
  );
}

/** Inside a form: sign-in opens in a new tab, so that the page keeps typed text. */
function SessionEnded() {
  return (
    <Notice tone="warn" role="alert">
      <p className="font-medium">Your session has ended.</p>
      <p>
        <a href={paths.signIn()} target="_blank" className="text-accent font-medium underline">
          Sign in (opens a new tab)
        </a>
        , then try again here. Your text is kept.
      </p>
    </Notice>
  );
}
