import type { Metadata } from "next";
import { ListLoading } from "@/components/shell/loading";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { NewWebhook } from "@/components/webhooks/new-webhook";
import { WebhookFilterBar } from "@/components/webhooks/webhook-filter-bar";
import { WebhookTable } from "@/components/webhooks/webhook-table";
import { WebhookTabs } from "@/components/webhooks/webhook-tabs";
import { WebhooksEmpty } from "@/components/webhooks/webhooks-empty";
import { paths } from "@/lib/client/paths";
import { readParam } from "@/lib/client/run-filters";
import { consolePage } from "../console-page";
import { findOnlyCustomer, nameCustomers } from "../load-customers";
import { loadWebhookList, type WebhookList } from "./load-webhook-list";
import { VIEW_DELIVERIES } from "./view-deliveries";

export const metadata: Metadata = { title: "Webhooks" };

const PAGE = {
  permission: "webhooks.manage",
  path: paths.webhooks,
  instead: VIEW_DELIVERIES,
  loading: (
    <ListLoading title="Webhooks" tabs={<WebhookTabs here="Webhooks" />} filters={{ chips: ["w-28"] }} />
  ),
} as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const org = readParam(search, "org");
  const pq = readParam(search, "pq") || undefined;
  const list = await loadWebhookList(caller, org, pq);
  const { chosen } = list;
  const orgNames = await nameCustomers(caller, list.page?.items ?? []);
  return (
    <>
      <PageHeader title="Webhooks">
        <NewWebhook customer={chosen ?? (await findOnlyCustomer(caller))} />
      </PageHeader>
      <WebhookTabs here="Webhooks" />
      <div className="px-4 py-3 lg:px-6">
        <WebhookFilterBar org={org} known={chosen ? [chosen] : []} />
      </div>
      <div className="bg-surface flex-1 border-t">
        <Rows list={list} orgNames={orgNames} org={org} pq={pq} />
      </div>
    </>
  );
});

type RowsProps = { list: WebhookList; orgNames: Record<string, string>; org: string; pq: string | undefined };

function Rows({ list: { page, chosen }, orgNames, org, pq }: RowsProps) {
  if (!page || page.items.length === 0) {
    const problem = org && !chosen ? "filter" : page ? undefined : "cursor";
    return <WebhooksEmpty problem={problem} customer={chosen?.name} />;
  }
  const link = (cursor: string | null) => cursor && paths.webhooks({ org, pq: cursor });
  return (
    <>
      <WebhookTable webhooks={page.items} orgNames={orgNames} />
      <div className="px-4 py-3 lg:px-6">
        <Pagination
          label="Pages of webhooks"
          summary={`${page.items.length} ${page.items.length === 1 ? "webhook" : "webhooks"} on this page`}
          first={pq ? paths.webhooks({ org }) : null}
          previous={link(page.previous)}
          next={link(page.next)}
        />
      </div>
    </>
  );
}
