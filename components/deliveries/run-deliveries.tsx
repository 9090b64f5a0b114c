import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { formatAbsolute } from "@/lib/client/format-time";
import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import { AttemptList } from "./attempt-list";
import { DeliveryState } from "./delivery-state";
import { RedeliverButton } from "./redeliver-button";

type Props = {
  deliveries: DeliveryWithAttempts[];
  callbackUrl: string | null;
  hasEnded: boolean;
  mayRedeliver: boolean;
};

/** What the customer was told about one run, and what they answered. */
export function RunDeliveries({ deliveries, callbackUrl, hasEnded, mayRedeliver }: Props) {
  return (
    <Panel id="deliveries" title="Callback and webhooks">
      {deliveries.length === 0 && (
        <p className="text-ink-muted px-4 py-3">{explainNone(callbackUrl, hasEnded)}</p>
      )}
      <ul className="divide-y">
        {deliveries.map((delivery) => (
          <li key={delivery.id} className="grid gap-1.5 px-4 py-3">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-medium">
                {delivery.webhook_id ? "Webhook" : "Callback"}
                {delivery.cause === "redelivery" && ", again"}: <code className="mono">{delivery.event}</code>
              </span>
              <DeliveryState delivery={delivery} />
            </div>
            <p className="mono text-ink-muted wrap-anywhere">{delivery.url}</p>
            <p className="text-ink-muted">{explain(delivery)}</p>
            {delivery.attempts.length > 0 && (
              <details>
                <summary className="text-accent w-fit cursor-pointer py-0.5">
                  {delivery.attempts.length === 1 ? "1 attempt" : `${delivery.attempts.length} attempts`}
                  <span className="text-ink-muted">
                    , the last <RelativeTime time={delivery.attempts.at(-1)!.started_at} />
                  </span>
                </summary>
                <AttemptList attempts={delivery.attempts} />
              </details>
            )}
            {isNewestOfParty(delivery, deliveries) && (
              <RedeliverButton
                path={redeliveryPath(delivery)}
                what={delivery.event}
                obstacle={obstacleOf(delivery, mayRedeliver)}
              />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function explainNone(callbackUrl: string | null, hasEnded: boolean): string {
  if (!hasEnded)
    return callbackUrl
      ? `${callbackUrl} is told when the run ends.`
      : "Nobody is told before the run has ended.";
  return "The run has no callback, and no webhook was subscribed to how it ended.";
}

function explain({
  state,
  next_attempt_at,
  paused_until,
  settled_at,
  attempt_count,
}: DeliveryWithAttempts): string {
  if (paused_until)
    return `Its address failed repeatedly: nothing is sent there before ${formatAbsolute(paused_until)}.`;
  if (state === "delivered") return `Accepted ${formatAbsolute(settled_at!)}.`;
  if (state === "failed") return `Given up after ${attempt_count} attempts.`;
  if (attempt_count === 0) return "The first attempt is due now.";
  return `Attempt ${attempt_count + 1} comes ${next_attempt_at ? formatAbsolute(next_attempt_at) : "soon"}.`;
}

const isNewestOfParty = (delivery: DeliveryWithAttempts, all: DeliveryWithAttempts[]): boolean =>
  all.find(({ webhook_id }) => webhook_id === delivery.webhook_id) === delivery;

const redeliveryPath = ({ id, run_id, webhook_id }: DeliveryWithAttempts): string =>
  webhook_id
    ? `/v1/webhooks/${webhook_id}/deliveries/${id}/redeliveries`
    : `/v1/runs/${run_id}/callback-redeliveries`;

function obstacleOf({ state }: DeliveryWithAttempts, mayRedeliver: boolean): string | null {
  if (!mayRedeliver) return "Your role doesn’t include deliveries.redeliver.";
  return state === "pending" ? "This one is still under way." : null;
}
