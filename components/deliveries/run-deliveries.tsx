import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import type { WebhookName } from "@/lib/contract/webhook-name";
import { DeliveryItem } from "./delivery-item";
import { RedeliverButton } from "./redeliver-button";
import { findObstacle, redeliveryPath } from "./redelivery";

type Props = {
  deliveries: DeliveryWithAttempts[];
  /** Those that the deliveries went to. */
  webhooks: WebhookName[];
  callbackUrl: string | null;
  hasEnded: boolean;
  mayRedeliver: boolean;
};

/** What the customer was told about one run, and what they answered. */
export function RunDeliveries({ deliveries, webhooks, callbackUrl, hasEnded, mayRedeliver }: Props) {
  return (
    <Panel id="deliveries" title="Callback and webhooks">
      {deliveries.length === 0 && (
        <p className="text-ink-muted px-4 py-3">{explainNone(callbackUrl, hasEnded)}</p>
      )}
      <ul className="divide-y">
        {groupByParty(deliveries).map((ofParty) => {
          const newest = ofParty[0]!;
          const webhook = webhooks.find(({ id }) => id === newest.webhook_id);
          return (
            <li key={newest.webhook_id ?? "callback"} className="grid gap-3 px-4 py-3">
              <ul className="grid gap-3">
                {ofParty.map((delivery) => (
                  <DeliveryItem key={delivery.id} delivery={delivery}>
                    {webhook?.description && (
                      <p>
                        <StoredText>{webhook.description}</StoredText>
                      </p>
                    )}
                  </DeliveryItem>
                ))}
              </ul>
              {/* Beside the list and not in it: the button that was pressed stays when a new delivery comes first. */}
              <RedeliverButton
                path={redeliveryPath(newest)}
                what={newest.event}
                obstacle={findObstacle(newest, webhook, mayRedeliver)}
              />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** @returns each party's deliveries, in an order that a new one doesn't change: the callback, then the webhooks */
function groupByParty(deliveries: DeliveryWithAttempts[]): DeliveryWithAttempts[][] {
  const parties = Map.groupBy(deliveries, ({ webhook_id }) => webhook_id ?? "");
  return [...parties].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ofParty]) => ofParty);
}

function explainNone(callbackUrl: string | null, hasEnded: boolean): string {
  if (!hasEnded)
    return callbackUrl
      ? `${callbackUrl} is told when the run ends.`
      : "Nobody is told before the run has ended.";
  return "The run has no callback, and no webhook was subscribed to how it ended.";
}
