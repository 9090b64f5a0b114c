import { findCallbackSecrets } from "@/lib/callbacks/find-callback-secrets";
import { CallbackSecretListQuery, type CallbackSecret } from "@/lib/contract/callback-secrets";
import { WebhookListQuery, type WebhookPage } from "@/lib/contract/webhooks";
import type { OrganizationName } from "@/lib/organizations/list-organizations";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { findWebhooks } from "@/lib/webhooks/find-webhooks";
import { findCustomersNamed } from "../load-customers";
import { loadPage } from "../load-page";

/** More secrets than an organization ever has. */
const MOST_SECRETS = 100;

export type WebhookList = {
  /** The organization that the address names. */
  chosen: OrganizationName | undefined;
  /** Absent when the address names no organization that there is, or a page that is not there. */
  page: WebhookPage | undefined;
  /** Those of the chosen organization. */
  secrets: CallbackSecret[] | undefined;
};

/** @param slug of an organization, or empty for all in reach */
export async function loadWebhookList(
  caller: Caller,
  slug: string,
  pq: string | undefined,
): Promise<WebhookList> {
  const [chosen] = await findCustomersNamed(caller, [slug]);
  if (slug && !chosen) return { chosen, page: undefined, secrets: undefined };
  const reach = chosen ? ({ all: false, orgIds: [chosen.id] } as const) : caller.reach;
  const [page, secrets] = await Promise.all([
    loadPage(() =>
      withListPool(caller, (lists) => findWebhooks(lists, reach, WebhookListQuery.parse({ pq }))),
    ),
    chosen && loadSecrets(caller, chosen.id),
  ]);
  return { chosen, page, secrets };
}

/** @param orgId of an organization in the caller's reach */
export async function loadSecrets(caller: Caller, orgId: string): Promise<CallbackSecret[]> {
  const query = CallbackSecretListQuery.parse({ limit: MOST_SECRETS });
  const find = { all: false, orgIds: [orgId] } as const;
  return (await withListPool(caller, (lists) => findCallbackSecrets(lists, find, query))).items;
}
