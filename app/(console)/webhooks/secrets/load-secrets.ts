import { findCallbackSecrets } from "@/lib/callbacks/find-callback-secrets";
import { type CallbackSecret, CallbackSecretListQuery } from "@/lib/contract/callback-secrets";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";

/** More secrets than an organization ever has. */
const MOST = 100;

/** @param orgId of an organization in the caller's reach */
export async function loadSecrets(caller: Caller, orgId: string): Promise<CallbackSecret[]> {
  const query = CallbackSecretListQuery.parse({ limit: MOST });
  const find = { all: false, orgIds: [orgId] } as const;
  return (await withListPool(caller, (lists) => findCallbackSecrets(lists, find, query))).items;
}
