import { Moment } from "@/components/ui/moment";
import { EVENT_WORDS } from "@/components/deliveries/event-words";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues } from "@/components/ui/key-values";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Webhook } from "@/lib/contract/webhooks";

/** A webhook's subscription, and its delivery record. */
export function WebhookFacts({ webhook, customer }: { webhook: Webhook; customer: string }) {
  const { last_success_at, last_failure_at } = webhook;
  return (
    <Panel id="facts" title="Details">
      <KeyValues
        items={[
          { name: "Customer", value: customer },
          { name: "Events", value: <Events types={webhook.event_types} /> },
          { name: "Description", value: webhook.description },
          { name: "Last accepted", value: last_success_at && <RelativeTime time={last_success_at} /> },
          { name: "Last failed", value: last_failure_at && <RelativeTime time={last_failure_at} /> },
          { name: "Created", value: <Moment time={webhook.created_at} /> },
          {
            name: "Changed",
            value: webhook.updated_at !== webhook.created_at && <Moment time={webhook.updated_at} />,
          },
          { name: "ID", value: <Copyable text={webhook.id} what="webhook ID" /> },
        ]}
      />
    </Panel>
  );
}

function Events({ types }: { types: Webhook["event_types"] }) {
  return (
    <ul>
      {types.map((type) => (
        <li key={type}>
          Run {EVENT_WORDS[type]} <code className="mono text-ink-muted text-sm">{type}</code>
        </li>
      ))}
    </ul>
  );
}
