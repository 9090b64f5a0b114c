import type { DeliveryFilters } from "@/lib/client/delivery-filters";
import { DeliveryListQuery, type DeliveryPage } from "@/lib/contract/deliveries";
import { parseUuid } from "@/lib/contract/values";
import { WebhookListQuery } from "@/lib/contract/webhooks";
import { findDeliveries } from "@/lib/deliveries/find-deliveries";
import type { OrganizationName } from "@/lib/organizations/list-organizations";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller, Reach } from "@/lib/states/caller";
import { findWebhooks } from "@/lib/webhooks/find-webhooks";
import { findCustomersNamed } from "../../load-customers";
import { loadPage } from "../../load-page";

/** The most options that a filter can offer. */
const MOST_WEBHOOKS = 500;

export type DeliveryList = {
  /** The customer in the URL. */
  known: OrganizationName[];
  /** The chosen customer's webhooks, to filter by. */
  webhooks: { id: string; url: string }[];
  page?: DeliveryPage;
  problem?: "filter" | "cursor";
};

/** Loads the deliveries for a URL. An invalid URL yields a problem, not an error. */
export async function loadDeliveryList(
  caller: Caller,
  filters: DeliveryFilters,
  pq: string | undefined,
): Promise<DeliveryList> {
  const known = await findCustomersNamed(caller, [filters.org]);
  const [chosen] = known;
  const reach: Reach = chosen ? { all: false, orgIds: [chosen.id] } : caller.reach;
  const webhooks = chosen && caller.permissions.has("webhooks.manage") ? await offer(caller, reach) : [];
  const given = DeliveryListQuery.safeParse({
    state: filters.state || undefined,
    event: filters.event || undefined,
    run_id: filters.run || undefined,
    from: filters.from || undefined,
    to: filters.to || undefined,
    pq,
  });
  const webhookId = filters.webhook ? parseUuid(filters.webhook) : undefined;
  const isFaulty = !given.success || (filters.org && !chosen) || (filters.webhook && !webhookId);
  if (isFaulty) return { known, webhooks, problem: "filter" };
  const page = await loadPage(() =>
    withListPool(caller, (lists) => findDeliveries(lists, reach, webhookId, given.data)),
  );
  return { known, webhooks, ...(page ? { page } : { problem: "cursor" }) };
}

const offer = async (caller: Caller, reach: Reach) =>
  (
    await withListPool(caller, (lists) =>
      findWebhooks(lists, reach, WebhookListQuery.parse({ limit: MOST_WEBHOOKS })),
    )
  ).items;
