import { notFound } from "next/navigation";
import { DeliveryListQuery } from "@/lib/contract/deliveries";
import type { Webhook } from "@/lib/contract/webhooks";
import { findDeliveries } from "@/lib/deliveries/find-deliveries";
import { listOrganizations } from "@/lib/organizations/list-organizations";
import { db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { getWebhook } from "@/lib/webhooks/get-webhook";
import { loadSecrets } from "../load-webhook-list";

const LATEST = 20;
/** How long what is on its way is watched, from the page's rendering on. */
const WATCH_MS = 2 * 60_000;

/** Everything that the page of one webhook shows. One out of reach is not found, as in the API. */
export async function loadWebhookPage(caller: Caller, id: string) {
  const webhook = await findWebhook(caller, id);
  const reach = { all: false, orgIds: [webhook.org_id] } as const;
  const query = DeliveryListQuery.parse({ limit: LATEST });
  const [[org], { items: deliveries }, secrets] = await Promise.all([
    listOrganizations(db(), reach),
    withListPool(caller, (lists) => findDeliveries(lists, reach, webhook.id, query)),
    loadSecrets(caller, webhook.org_id),
  ]);
  const isSomethingDue = deliveries.some(({ state }) => state === "pending");
  return { webhook, org: org!, deliveries, secrets, watchForMs: isSomethingDue ? WATCH_MS : 0 };
}

async function findWebhook(caller: Caller, id: string): Promise<Webhook> {
  try {
    return await getWebhook(db(), caller.reach, id);
  } catch (error) {
    if (error instanceof Refusal && error.code === "WEBHOOK_NOT_FOUND") notFound();
    throw error;
  }
}
