import { notFound } from "next/navigation";
import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import { getDelivery } from "@/lib/deliveries/get-delivery";
import { listOrganizations } from "@/lib/organizations/list-organizations";
import { showDeliveries } from "@/lib/payloads/show-run";
import { db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { parseJson, stringifyJson } from "@/lib/platform/json/json";
import type { Caller } from "@/lib/states/caller";
import { nameWebhooks } from "@/lib/webhooks/name-webhooks";

/** How long one that is on its way is watched, from the page's rendering on. */
const WATCH_MS = 5 * 60_000;

/** Everything that the page of one delivery shows. One out of reach is not found, as in the API. */
export async function loadDelivery(caller: Caller, id: string) {
  const delivery = await findDelivery(caller, id);
  const [[org], [webhook]] = await Promise.all([
    listOrganizations(db(), { all: false, orgIds: [delivery.org_id] }),
    nameWebhooks(db(), delivery.webhook_id ? [delivery.webhook_id] : []),
  ]);
  return {
    delivery,
    webhook,
    customer: org?.name ?? delivery.org_id,
    body: stringifyJson(parseJson(delivery.body), 2),
    watchForMs: delivery.state === "pending" ? WATCH_MS : 0,
  };
}

async function findDelivery(caller: Caller, id: string): Promise<DeliveryWithAttempts> {
  try {
    const found = await getDelivery(db(), caller.reach, "any", id);
    const [shown] = await showDeliveries(db(), caller, [found]);
    return shown!;
  } catch (error) {
    if (error instanceof Refusal && error.code === "DELIVERY_NOT_FOUND") notFound();
    throw error;
  }
}
