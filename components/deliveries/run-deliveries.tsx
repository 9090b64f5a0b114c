import { EmptyPanel, Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import type { WebhookName } from "@/lib/contract/webhook-name";
import { DeliveryItem } from "./delivery-item";
import { RedeliverButton } from "./redeliver-button";
import { findObstacle, redeliveryPath } from "./redelivery";

type Props = {
  deliveries: DeliveryWithAttempts[];
  /** The webhooks of these deliveries. */
  webhooks: WebhookName[];
  callbackUrl: string | null;
  hasEnded: boolean;
  mayRedeliver: boolean;
};

/** Deliveries for one run, with the customer's responses. */
export function RunDeliveries({ deliveries, webhooks, callbackUrl, hasEnded, mayRedeliver }: Props) {
  if (deliveries.length === 0) {
    return (
      <EmptyPanel id="deliveries" title="Callback and webhooks">
        {explainNone(callbackUrl, hasEnded)}
      </EmptyPanel>
    );
  }
  return (
    <Panel id="deliveries" title="Callback and webhooks">
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
              {/* Outside the list, so that the pressed button stays when a new delivery moves to the top. */}
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

/** Groups deliveries by receiver in a stable order: the callback, then the webhooks. */
function groupByParty(deliveries: DeliveryWithAttempts[]): DeliveryWithAttempts[][] {
  const parties = Map.groupBy(deliveries, ({ webhook_id }) => webhook_id ?? "");
  return [...parties].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ofParty]) => ofParty);
}

function explainNone(callbackUrl: string | null, hasEnded: boolean): string {
  if (!hasEnded)
    return callbackUrl
      ? `We’ll call ${callbackUrl} when the run ends.`
      : "No callback URL; subscribed webhooks are called when the run ends.";
  return "No callback URL, and no webhook subscribed to this outcome.";
}
