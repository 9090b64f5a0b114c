import { Prisma } from "@/generated/prisma/client";
import type { OrganizationListQuery, OrganizationPage } from "@/lib/contract/organizations";
import { formatTimestamp, parseUuid } from "@/lib/contract/values";
import { type Db, UNPREPARED } from "@/lib/platform/db/client";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice, SortKey } from "@/lib/platform/paging/keyset";
import type { Reach } from "@/lib/states/caller";

type Row = Placed & { id: string; slug: string; name: string; is_protected: boolean; created_at: Date };

const ascending = (column: Prisma.Sql, type: string): SortKey => ({
  column,
  type: Prisma.raw(type),
  isDescending: false,
});
const NAME = Prisma.sql`lower(o.name COLLATE pg_c_utf8)`;

/**
 * Finds a page of the organizations in reach, by name. Names with a word that starts with `q` come first.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findOrganizations(
  db: Db,
  reach: Reach,
  query: OrganizationListQuery,
): Promise<OrganizationPage> {
  const q = query.q?.trim() ?? "";
  const id = parseUuid(q);
  const isWanted = id
    ? Prisma.sql`o.id = ${id}::uuid`
    : q
      ? Prisma.sql`o.search LIKE containing(${q})`
      : Prisma.sql`TRUE`;
  const rank = q
    ? Prisma.sql`(o.search NOT LIKE overlay(containing(${q}) PLACING '% ' FROM 1 FOR 1))::int`
    : Prisma.sql`0::int`;
  const isProtected = query.protected ? Prisma.sql`o.is_protected` : Prisma.sql`TRUE`;
  const isInReach = reach.all ? Prisma.sql`TRUE` : Prisma.sql`o.id = ANY(${[...reach.orgIds]}::uuid[])`;
  const listing = {
    scope: JSON.stringify(["organizations", q, query.protected ?? null]),
    order: [ascending(rank, "int"), ascending(NAME, "text"), ascending(Prisma.sql`o.id`, "uuid")],
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<Row[]>`${Prisma.raw(UNPREPARED)}
        SELECT o.id, o.slug, o.name, o.is_protected, o.created_at, ARRAY[(${rank})::text, ${NAME}, o.id::text] AS place
        FROM organizations o WHERE ${isInReach} AND ${isProtected} AND ${isWanted} AND ${slice.where}
        ORDER BY ${slice.orderBy} LIMIT ${limit}::int`,
  };
  const page = await findPage(listing, query);
  return {
    ...page,
    items: page.items.map(({ place: _place, created_at, ...row }) => ({
      ...row,
      created_at: formatTimestamp(created_at),
    })),
  };
}
