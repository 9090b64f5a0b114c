import { Prisma } from "@/generated/prisma/client";
import type { CallbackSecretListQuery, CallbackSecretPage } from "@/lib/contract/callback-secrets";
import type { Db } from "@/lib/platform/db/client";
import { columnsOf } from "@/lib/platform/db/columns";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice } from "@/lib/platform/paging/keyset";
import { NEWEST_ID_FIRST, PLACE_BY_ID } from "@/lib/platform/paging/newest-first";
import { selectSlice } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";
import { type CallbackSecretRow, SECRET_FIELDS, toCallbackSecret } from "./callback-secret-record";

/**
 * Finds a page of the callback secrets in reach, newest first, including disabled ones.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findCallbackSecrets(
  db: Db,
  reach: Reach,
  query: CallbackSecretListQuery,
): Promise<CallbackSecretPage> {
  const selection = {
    table: Prisma.sql`callback_secrets`,
    columns: Prisma.sql`${columnsOf(SECRET_FIELDS)}, ${PLACE_BY_ID}`,
    where: Prisma.sql`TRUE`,
    reach,
    hasOrgIndex: true,
  };
  const listing = {
    scope: JSON.stringify(["callback_secrets"]),
    order: NEWEST_ID_FIRST,
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<(CallbackSecretRow & Placed)[]>(selectSlice({ ...selection, slice, limit })),
  };
  const page = await findPage(listing, query);
  return { ...page, items: page.items.map(toCallbackSecret) };
}
