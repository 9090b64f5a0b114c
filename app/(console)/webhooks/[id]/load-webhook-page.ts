import { DeliveryListQuery } from "@/lib/contract/deliveries";
import { countWaiting } from "@/lib/deliveries/count-waiting";
import { findDeliveries } from "@/lib/deliveries/find-deliveries";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { getWebhook } from "@/lib/webhooks/get-webhook";
import { loadSecrets } from "../secrets/load-secrets";
import { orNotFound } from "../../or-not-found";

const LATEST = 20;
/** How long pending deliveries are watched after rendering. */
const WATCH_MS = 2 * 60_000;

/** Loads everything on a webhook's page. As in the API, a webhook out of reach is not found. */
export async function loadWebhookPage(caller: Caller, id: string) {
  const webhook = await orNotFound("WEBHOOK_NOT_FOUND", getWebhook(db(), caller.reach, id));
  const reach = { all: false, orgIds: [webhook.org_id] } as const;
  const query = DeliveryListQuery.parse({ limit: LATEST });
  const [[org], { items: deliveries }, waiting, secrets] = await Promise.all([
    nameOrganizations(db(), reach, { ids: [webhook.org_id] }),
    withListPool(caller, (lists) => findDeliveries(lists, reach, webhook.id, query)),
    countWaiting(db(), { orgId: webhook.org_id, url: webhook.url }),
    loadSecrets(caller, webhook.org_id),
  ]);
  const isSomethingDue = deliveries.some(({ state }) => state === "pending");
  return { webhook, org: org!, deliveries, waiting, secrets, watchForMs: isSomethingDue ? WATCH_MS : 0 };
}
