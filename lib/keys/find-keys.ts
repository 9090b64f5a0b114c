import { Prisma } from "@/generated/prisma/client";
import type { ApiKeyPage, KeyListQuery } from "@/lib/contract/keys";
import { plain } from "@/lib/contract/text/plain";
import type { Db } from "@/lib/platform/db/client";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice, SortKey } from "@/lib/platform/paging/keyset";
import { NEWEST_ID_FIRST, PLACE_BY_ID } from "@/lib/platform/paging/newest-first";
import { selectSlice } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";
import { isKeyText, keyPrefix } from "@/lib/states/key";
import { KEY_COLUMNS, KEYS, type KeyRow, toKey, withinKeys } from "./key-record";

/** Not indexed: an index on the time would make each key's use update every index of its row. */
const LAST_USED_FIRST: readonly SortKey[] = [
  {
    column: Prisma.sql`r.last_used_at`,
    type: Prisma.sql`timestamptz`,
    isDescending: true,
    isAbsent: Prisma.sql`r.last_used_at IS NULL`,
  },
  ...NEWEST_ID_FIRST,
];

const ORDERS = {
  "created_at:desc": { keys: NEWEST_ID_FIRST, place: PLACE_BY_ID },
  "last_used_at:desc": {
    keys: LAST_USED_FIRST,
    place: Prisma.sql`ARRAY[r.last_used_at::text, r.id::text] AS place`,
  },
};

/**
 * Finds a page of the keys in reach, including revoked and expired ones.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findKeys(db: Db, reach: Reach, query: KeyListQuery): Promise<ApiKeyPage> {
  const { keys: order, place } = ORDERS[query.sort_by];
  const selection = {
    table: KEYS,
    columns: Prisma.sql`${KEY_COLUMNS}, ${place}`,
    where: Prisma.sql`${withinKeys(reach)} AND ${compile(query)}`,
    // A key may access several organizations, so its reach is compared above.
    reach: { all: true },
    hasOrgIndex: false,
  } as const;
  const { kind, state, owner_id, org_id, text, sort_by } = query;
  const parts = ["keys", kind, state, owner_id?.toLowerCase(), org_id?.toLowerCase(), text, sort_by];
  const listing = {
    scope: JSON.stringify(parts.map((part) => part ?? null)),
    order,
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<(KeyRow & Placed)[]>(selectSlice({ ...selection, slice, limit })),
  };
  const page = await findPage(listing, query);
  return { ...page, items: page.items.map(toKey) };
}

function compile({ kind, state, owner_id, org_id, text }: KeyListQuery): Prisma.Sql {
  const conditions = [
    kind !== undefined && Prisma.sql`r.kind = ${kind}`,
    state !== undefined && Prisma.sql`r.state = ${state}`,
    owner_id !== undefined && Prisma.sql`r.owner_id = ${owner_id}::uuid`,
    org_id !== undefined && Prisma.sql`(r.reaches_all_orgs OR ${org_id}::uuid = ANY(r.org_ids))`,
    text !== undefined && contains(text),
  ].filter((condition) => condition !== false);
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ");
}

/** Matches whole words, as the index does. Of a whole key, only the prefix is used. */
function contains(text: string): Prisma.Sql {
  const wanted = plain(text).trim();
  return Prisma.sql`search_text(r.name || ' ' || r.prefix) LIKE containing(${isKeyText(wanted) ? keyPrefix(wanted) : wanted})`;
}
