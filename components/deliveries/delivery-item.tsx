import { RelativeTime } from "@/components/ui/relative-time";
import { formatAbsolute } from "@/lib/client/format-time";
import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import { AttemptList } from "./attempt-list";
import { DeliveryState } from "./delivery-state";

/** One message to one party: how it stands, what comes next, and every attempt. */
export function DeliveryItem({ delivery }: { delivery: DeliveryWithAttempts }) {
  const { webhook_id, cause, event, url, attempts } = delivery;
  return (
    <li className="grid gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">
          {webhook_id ? "Webhook" : "Callback"}
          {cause === "redelivery" && ", again"}: <code className="mono">{event}</code>
        </span>
        <DeliveryState delivery={delivery} />
      </div>
      <p className="mono text-ink-muted wrap-anywhere">{url}</p>
      <p className="text-ink-muted">{explain(delivery)}</p>
      {attempts.length > 0 && (
        <details>
          <summary className="text-accent w-fit cursor-pointer py-0.5">
            {attempts.length === 1 ? "1 attempt" : `${attempts.length} attempts`}
            <span className="text-ink-muted">
              , the last <RelativeTime time={attempts.at(-1)!.started_at} />
            </span>
          </summary>
          <AttemptList attempts={attempts} />
        </details>
      )}
    </li>
  );
}

function explain({
  state,
  next_attempt_at,
  paused_until,
  settled_at,
  attempt_count,
  last_error,
}: DeliveryWithAttempts): string {
  if (paused_until)
    return `Its address failed repeatedly: nothing is sent there before ${formatAbsolute(paused_until)}.`;
  if (state === "delivered") return `Accepted ${formatAbsolute(settled_at!)}.`;
  if (state === "failed")
    return last_error?.startsWith("url_")
      ? "Not sent: its address may not be called."
      : `Given up after ${attempt_count === 1 ? "1 attempt" : `${attempt_count} attempts`}.`;
  if (attempt_count === 0) return "The first attempt is due now.";
  return `Attempt ${attempt_count + 1} comes ${next_attempt_at ? formatAbsolute(next_attempt_at) : "soon"}.`;
}
