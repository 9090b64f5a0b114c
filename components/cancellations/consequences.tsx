import type { RunFacts } from "@/lib/client/runs";

/** What a cancel does to this very run, and what it does not. */
export function Consequences({ run, customer }: { run: RunFacts; customer: string }) {
  return (
    <ul id="consequences" className="text-ink-muted marker:text-ink-faint grid list-disc gap-1 pl-4">
      <li>The run ends as cancelled, at once and for good. A result that comes later is dropped.</li>
      <li>
        Compute at the provider keeps running, and {customer} is billed for the work done. Nothing is
        refunded.
      </li>
      {run.callback_url && (
        <li className="wrap-anywhere">
          <code className="mono text-ink">run.cancelled</code> is queued for{" "}
          <span className="text-ink">{hostOf(run.callback_url)}</span>.
        </li>
      )}
    </ul>
  );
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
