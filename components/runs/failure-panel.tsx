import { Notice } from "@/components/ui/notice";
import { StoredText } from "@/components/ui/stored-text";
import type { RunFacts } from "@/lib/client/runs";

/** The provider's explanation of a failure; nothing if the run didn't fail. */
export function FailurePanel({ run }: { run: RunFacts }) {
  const { failure_code, failure_message, failure_stage_code } = run;
  if (!failure_code && !failure_message && !failure_stage_code) return null;
  return (
    <section aria-labelledby="failure">
      <Notice tone="danger" className="grid gap-1 rounded-lg px-4 py-3">
        <h2 id="failure" className="text-danger font-semibold">
          {run.status_code === "failed" ? "Failed" : "Failed in part"}
          {failure_stage_code && ` at ${failure_stage_code}`}
        </h2>
        {failure_message && (
          <p className="wrap-anywhere whitespace-pre-wrap">
            <StoredText>{failure_message}</StoredText>
          </p>
        )}
        {failure_code && <code className="mono text-ink-muted text-sm wrap-anywhere">{failure_code}</code>}
      </Notice>
    </section>
  );
}
