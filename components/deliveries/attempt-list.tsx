import { RelativeTime } from "@/components/ui/relative-time";
import { formatDuration } from "@/lib/client/format-time";
import type { DeliveryAttempt } from "@/lib/contract/deliveries";
import { describeAnswer } from "./attempt-errors";

/** Every try of one delivery: what was answered, or why nothing was. */
export function AttemptList({ attempts }: { attempts: DeliveryAttempt[] }) {
  return (
    <ol className="mt-2 grid gap-2">
      {attempts.map(({ number, status, error, duration_ms, started_at, response_body, is_signed }) => (
        <li key={number} className="bg-sunken rounded px-3 py-2">
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span>
              <span className="text-ink-muted">Attempt {number}: </span>
              <span className="font-medium">
                {describeAnswer({ last_status: status, last_error: error })}
              </span>
              <span className="text-ink-muted">
                {" "}
                after {formatDuration(duration_ms)}, {is_signed ? "signed" : "not signed"}
              </span>
            </span>
            <RelativeTime time={started_at} className="text-ink-muted text-sm whitespace-nowrap" />
          </div>
          {response_body !== null && (
            <pre
              tabIndex={0}
              role="region"
              aria-label={`What attempt ${number} was answered`}
              className="mono mt-1 max-h-40 overflow-auto wrap-anywhere whitespace-pre-wrap"
            >
              {response_body}
            </pre>
          )}
        </li>
      ))}
    </ol>
  );
}
