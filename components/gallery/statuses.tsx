import { SecretState } from "@/components/callback-secrets/secret-state";
import { BatchState } from "@/components/cancellation-batches/batch-state";
import { TicketChip } from "@/components/cancellations/ticket-chip";
import { DeliveryState } from "@/components/deliveries/delivery-state";
import { KeyState } from "@/components/keys/key-state";
import { StatusBadge } from "@/components/runs/status-badge";
import { Mark } from "@/components/ui/mark";
import { WebhookState } from "@/components/webhooks/webhook-state";
import { BATCH_STATES } from "@/lib/states/cancellation-batch";
import { KEY_STATES } from "@/lib/states/key";
import { RUN_STATUSES } from "@/lib/states/run";
import { DELIVERIES, WEBHOOKS } from "./sample";
import { Row, Section, Specimen } from "./section";

export function Statuses() {
  return (
    <Section
      id="statuses"
      title="Statuses"
      about="A word and a shape, each enough alone; color marks exceptions. Only active statuses move."
    >
      <Specimen name="A run">
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {RUN_STATUSES.map((status) => (
            <StatusBadge key={status} status={status} />
          ))}
        </div>
      </Specimen>
      <Specimen name="A run, on its own page">
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          {RUN_STATUSES.map((status) => (
            <StatusBadge key={status} status={status} isLarge />
          ))}
        </div>
      </Specimen>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        <Specimen name="A delivery">
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            {DELIVERIES.map((delivery) => (
              <DeliveryState key={delivery.id} delivery={delivery} />
            ))}
          </div>
        </Specimen>
        <Specimen name="A webhook">
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            {WEBHOOKS.map((webhook) => (
              <WebhookState key={webhook.id} webhook={webhook} />
            ))}
          </div>
        </Specimen>
        <Specimen name="A key">
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            {KEY_STATES.map((state) => (
              <KeyState key={state} state={state} />
            ))}
          </div>
        </Specimen>
        <Specimen name="A bulk cancellation">
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            {BATCH_STATES.map((state) => (
              <BatchState key={state} state={state} />
            ))}
          </div>
        </Specimen>
        <Specimen name="A secret">
          <div className="flex flex-wrap gap-x-6 gap-y-2">
            <SecretState isCurrent />
            <SecretState isCurrent={false} />
          </div>
        </Specimen>
        <Specimen name="A figure that needs attention">
          <Row>
            <Mark tone="warn">8.3 × the p95</Mark>
            <Mark tone="danger">4 of 5 failed</Mark>
            <Mark tone="warn" isSmall>
              2.1×
            </Mark>
          </Row>
        </Specimen>
        <Specimen name="A ticket">
          <Row>
            <TicketChip ticket="#4821" />
          </Row>
        </Specimen>
      </div>
    </Section>
  );
}
