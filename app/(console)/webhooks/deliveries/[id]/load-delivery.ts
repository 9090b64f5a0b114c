import { getDelivery } from "@/lib/deliveries/get-delivery";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { showDeliveries } from "@/lib/payloads/show-run";
import { db } from "@/lib/platform/db/client";
import { parseJson, stringifyJson } from "@/lib/platform/json/json";
import type { Caller } from "@/lib/states/caller";
import { nameWebhooks } from "@/lib/webhooks/name-webhooks";
import { orNotFound } from "../../../or-not-found";

/** How long a pending delivery is watched after rendering. */
const WATCH_MS = 5 * 60_000;

/** Loads everything on a delivery's page. As in the API, a delivery out of reach is not found. */
export async function loadDelivery(caller: Caller, id: string) {
  const found = await orNotFound("DELIVERY_NOT_FOUND", getDelivery(db(), caller.reach, "any", id));
  const [shown] = await showDeliveries(db(), caller, [found]);
  const delivery = shown!;
  const [[org], [webhook]] = await Promise.all([
    nameOrganizations(db(), caller.reach, { ids: [delivery.org_id] }),
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
