import { Moment } from "@/components/ui/moment";
import { formatDuration } from "@/lib/client/format-time";
import type { DeliveryAttempt } from "@/lib/contract/deliveries";
import { describeAnswer } from "./attempt-errors";

/** Every attempt of one delivery, and the wait before the next one. */
export function AttemptList({ attempts }: { attempts: DeliveryAttempt[] }) {
  return (
    <ol className="divide-y">
      {attempts.map((attempt, index) => (
        <Attempt key={attempt.number} attempt={attempt} next={attempts[index + 1]} />
      ))}
    </ol>
  );
}

type Props = { attempt: DeliveryAttempt; next: DeliveryAttempt | undefined };

function Attempt({ attempt, next }: Props) {
  const { number, status, error, duration_ms, started_at, response_body, is_signed } = attempt;
  const isAccepted = status !== null && status < 300 && error === null;
  const waitMs = next && Date.parse(next.started_at) - Date.parse(started_at) - duration_ms;
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)_auto] gap-x-3 py-2">
      <span className="text-ink-muted text-right tabular-nums">
        <span className="sr-only">Attempt </span>
        {number}
      </span>
      <span className={isAccepted ? undefined : "text-danger"}>
        {describeAnswer({ last_status: status, last_error: error })}
        {!is_signed && <span className="text-ink-muted">, not signed</span>}
      </span>
      <Moment time={started_at} className="text-ink-muted whitespace-nowrap tabular-nums" />
      <span className="text-ink-muted col-span-2 col-start-2 flex flex-wrap justify-between gap-x-3 text-sm">
        <span>{error === "timeout" ? null : `After ${formatDuration(duration_ms)}`}</span>
        {waitMs !== undefined && <span>Next attempt {formatDuration(waitMs)} later</span>}
      </span>
      {response_body && (
        <pre
          tabIndex={0}
          role="region"
          aria-label={`Response to attempt ${number}`}
          className="mono bg-sunken col-span-2 col-start-2 mt-1 max-h-40 overflow-auto rounded px-2 py-1 wrap-anywhere whitespace-pre-wrap"
        >
          {response_body}
        </pre>
      )}
    </li>
  );
}
