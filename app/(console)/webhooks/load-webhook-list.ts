import { WebhookListQuery, type WebhookPage } from "@/lib/contract/webhooks";
import type { OrganizationName } from "@/lib/organizations/list-organizations";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { findWebhooks } from "@/lib/webhooks/find-webhooks";
import { findCustomersNamed } from "../load-customers";
import { loadPage } from "../load-page";

export type WebhookList = {
  /** The organization in the URL. */
  chosen: OrganizationName | undefined;
  /** Absent when the URL names an unknown organization or page. */
  page: WebhookPage | undefined;
};

/** @param slug of an organization, or empty for all in reach */
export async function loadWebhookList(
  caller: Caller,
  slug: string,
  pq: string | undefined,
): Promise<WebhookList> {
  const [chosen] = await findCustomersNamed(caller, [slug]);
  if (slug && !chosen) return { chosen, page: undefined };
  const reach = chosen ? ({ all: false, orgIds: [chosen.id] } as const) : caller.reach;
  const query = WebhookListQuery.parse({ pq });
  const page = await loadPage(() => withListPool(caller, (lists) => findWebhooks(lists, reach, query)));
  return { chosen, page };
}
