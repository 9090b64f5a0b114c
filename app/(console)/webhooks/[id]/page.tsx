import type { Metadata } from "next";
import Link from "next/link";
import { SecretsPanel } from "@/components/callback-secrets/secrets-panel";
import { DeliveryTable } from "@/components/deliveries/delivery-table";
import { EntityLoading } from "@/components/shell/loading";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import { ThingHeader } from "@/components/ui/thing-header";
import { PausedNotice } from "@/components/webhooks/paused-notice";
import { WebhookActions } from "@/components/webhooks/webhook-actions";
import { WebhookFacts } from "@/components/webhooks/webhook-facts";
import { WebhookState } from "@/components/webhooks/webhook-state";
import { paths } from "@/lib/client/paths";
import { entityPage } from "../../console-page";
import { loadWebhookPage } from "./load-webhook-page";

export const metadata: Metadata = { title: "Webhook" };

const PAGE = { permission: "webhooks.manage", path: paths.webhook, loading: <EntityLoading /> } as const;

export default entityPage(PAGE, async ({ caller, id }) => {
  const { webhook, org, deliveries, waiting, secrets, watchForMs } = await loadWebhookPage(caller, id);
  return (
    <>
      <AutoRefresh forMs={watchForMs} />
      <ThingHeader
        back={{ href: paths.webhooks(), text: "Webhooks" }}
        title={
          <span className="mono">
            <span className="sr-only">Webhook </span>
            {webhook.url}
          </span>
        }
        status={<WebhookState webhook={webhook} />}
        about={
          <p className="flex flex-wrap items-center gap-x-3">
            <Link href={paths.webhooks({ org: org.slug })} className="text-ink hover:underline">
              <StoredText>{org.name}</StoredText>
            </Link>
            <StoredText>{webhook.description}</StoredText>
          </p>
        }
        actions={<WebhookActions webhook={webhook} customer={org.name} />}
      />
      <PausedNotice webhook={webhook} waiting={waiting} />
      <div className="grid items-start gap-4 p-4 lg:p-6 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <Panel
          id="deliveries"
          title="Latest deliveries"
          aside={
            <Link href={paths.deliveries({ org: org.slug, webhook: webhook.id })} className={ASIDE_LINK}>
              View all
            </Link>
          }
        >
          {deliveries.length > 0 ? (
            <DeliveryTable deliveries={deliveries} />
          ) : (
            <p className="text-ink-muted px-4 py-3">
              Nothing sent yet. Send a test to check that the address responds.
            </p>
          )}
        </Panel>
        <div className="grid min-w-0 gap-4">
          <WebhookFacts webhook={webhook} customer={org.name} />
          <SecretsPanel orgId={org.id} customer={org.name} secrets={secrets} />
        </div>
      </div>
    </>
  );
});
