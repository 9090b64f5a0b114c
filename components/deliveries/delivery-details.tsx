import { Moment } from "@/components/ui/moment";
import Link from "next/link";
import { Copyable } from "@/components/ui/copyable";
import { JsonPanel } from "@/components/ui/json-panel";
import { KeyValues } from "@/components/ui/key-values";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { ThingHeader } from "@/components/ui/thing-header";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import { MASK } from "@/lib/client/payloads";
import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import type { WebhookName } from "@/lib/contract/webhook-name";
import { AttemptList } from "./attempt-list";
import { DeliverySentence } from "./delivery-sentence";
import { DeliveryState } from "./delivery-state";
import { RedeliverButton } from "./redeliver-button";
import { findObstacle, redeliveryPath } from "./redelivery";

type Props = {
  delivery: DeliveryWithAttempts;
  webhook: WebhookName | undefined;
  customer: string;
  /** Formatted JSON. */
  body: string;
  mayRedeliver: boolean;
  /** Whether the person may open the webhook's page. */
  mayManage: boolean;
};

const CAUSES = {
  transition: "The run ended",
  redelivery: "Redelivered by hand",
  test: "Test event",
};

/** One delivery in full: the message, every attempt, and a button to redeliver. */
export function DeliveryDetails({ delivery, webhook, customer, body, mayRedeliver, mayManage }: Props) {
  const { id, event, url, attempts, run_id, cause } = delivery;
  return (
    <>
      <ThingHeader
        back={{ href: paths.deliveries(), text: "Deliveries" }}
        title={
          <>
            <code className="mono">{event}</code> to <StoredText>{customer}</StoredText>
          </>
        }
        status={<DeliveryState delivery={delivery} />}
        about={
          <p>
            <code className="mono wrap-anywhere">{url}</code>,{" "}
            <RelativeTime time={delivery.created_at} className="whitespace-nowrap" />
          </p>
        }
        actions={
          <RedeliverButton
            path={redeliveryPath(delivery)}
            what={event}
            obstacle={findObstacle(delivery, webhook, mayRedeliver)}
            isInHead
          />
        }
      >
        <p>
          <DeliverySentence delivery={delivery} />
        </p>
      </ThingHeader>
      <div className="grid items-start gap-4 p-4 lg:p-6 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="grid min-w-0 gap-4">
          <Panel id="attempts" title="Attempts">
            <div className="px-4 py-1">
              {attempts.length > 0 ? (
                <AttemptList attempts={attempts} />
              ) : (
                <p className="text-ink-muted py-2">No attempts yet.</p>
              )}
            </div>
          </Panel>
          {body.includes(MASK) && (
            <p className="text-ink-muted">
              Output, metadata and the receiver’s responses are hidden. Reveal them on the run’s page.
            </p>
          )}
          <JsonPanel id="body" title="Body" text={body} none="" />
        </div>
        <Panel id="facts" title="Details">
          <KeyValues
            items={[
              { name: "Customer", value: customer },
              { name: "To", value: <Party delivery={delivery} webhook={webhook} mayManage={mayManage} /> },
              {
                name: "Run",
                value: run_id && (
                  <Link href={paths.run(run_id)} className="mono text-accent underline">
                    {run_id}
                  </Link>
                ),
              },
              { name: "Cause", value: CAUSES[cause] },
              { name: "Created", value: <Moment time={delivery.created_at} /> },
              { name: "Settled", value: delivery.settled_at && <Moment time={delivery.settled_at} /> },
              { name: "Request ID", value: <Copyable text={id} what="request ID" /> },
            ]}
          />
          <p className="text-ink-muted border-t px-4 py-2 text-sm">
            Sent as <code className="mono">Runflow-Request-Id</code>, the same in every attempt.
          </p>
        </Panel>
      </div>
    </>
  );
}

function Party({ delivery, webhook, mayManage }: Pick<Props, "delivery" | "webhook" | "mayManage">) {
  if (!delivery.webhook_id) return "Callback URL of the run";
  const name = webhook?.description ? `Webhook, ${plainStored(webhook.description)}` : "Webhook";
  if (webhook?.isDeleted) return `${name} (deleted)`;
  if (!mayManage) return name;
  return (
    <Link href={paths.webhook(delivery.webhook_id)} className="text-accent underline">
      <StoredText>{name}</StoredText>
    </Link>
  );
}
