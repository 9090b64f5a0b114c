import type { Metadata } from "next";
import { ChooseCustomer } from "@/components/callback-secrets/choose-customer";
import { SecretsPanel } from "@/components/callback-secrets/secrets-panel";
import { ListLoading } from "@/components/shell/loading";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { SecretsFilterBar } from "@/components/webhooks/webhook-filter-bar";
import { WebhookTabs } from "@/components/webhooks/webhook-tabs";
import { paths } from "@/lib/client/paths";
import { readParam } from "@/lib/client/run-filters";
import { consolePage } from "../../console-page";
import { findCustomersNamed } from "../../load-customers";
import { VIEW_DELIVERIES } from "../view-deliveries";
import { loadSecrets } from "./load-secrets";

export const metadata: Metadata = { title: "Signing secrets" };

const PAGE = {
  permission: "webhooks.manage",
  path: paths.secrets,
  instead: VIEW_DELIVERIES,
  loading: (
    <ListLoading
      title="Signing secrets"
      tabs={<WebhookTabs here="Secrets" />}
      filters={{ chips: ["w-28"] }}
    />
  ),
} as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const org = readParam(search, "org");
  const [chosen] = await findCustomersNamed(caller, [org]);
  return (
    <>
      <PageHeader title="Signing secrets" />
      <WebhookTabs here="Secrets" />
      <div className="px-4 py-3 lg:px-6">
        <SecretsFilterBar org={org} known={chosen ? [chosen] : []} />
      </div>
      <div className="bg-surface flex-1 border-t">
        {chosen ? (
          <div className="max-w-2xl px-4 py-5 lg:px-6">
            <SecretsPanel
              orgId={chosen.id}
              customer={chosen.name}
              secrets={await loadSecrets(caller, chosen.id)}
            />
          </div>
        ) : (
          <EmptyState title={org ? "Customer not found" : "Choose a customer"} actions={<ChooseCustomer />}>
            Each customer has their own secret. It signs every callback and webhook sent to them.
          </EmptyState>
        )}
      </div>
    </>
  );
});
