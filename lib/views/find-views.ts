import { Prisma } from "@/generated/prisma/client";
import type { SavedView } from "@/lib/contract/views";
import type { Db } from "@/lib/db/client";
import type { Caller } from "@/lib/identity/caller";
import { listOrganizations } from "@/lib/organizations/list-organizations";
import { SELECT_VIEWS, toView, type ViewRow } from "./view-record";

/** The caller's own views and the team's, by name. */
export async function findViews(db: Db, caller: Caller): Promise<SavedView[]> {
  const rows = await findVisibleViews(db, caller, Prisma.sql`TRUE`);
  return rows.map((row) => toView(caller, row));
}

/**
 * Views that the caller may know of. A colleague's view of a customer out of the caller's reach is none of them: its
 * name and address would tell who that customer is.
 */
export async function findVisibleViews(db: Db, caller: Caller, condition: Prisma.Sql): Promise<ViewRow[]> {
  const rows = await db.$queryRaw<ViewRow[]>(Prisma.sql`${SELECT_VIEWS}
    WHERE (v.owner_id = ${caller.person.id}::uuid OR v.scope = 'team') AND ${condition}
    ORDER BY lower(v.name), v.id`);
  if (caller.reach.all) return rows;
  const known = new Set((await listOrganizations(db, caller.reach)).map(({ slug }) => slug));
  const isOwn = ({ owner_id }: ViewRow) => owner_id === caller.person.id;
  return rows.filter((row) => isOwn(row) || namedCustomers(row.query).every((slug) => known.has(slug)));
}

const namedCustomers = (query: string): string[] =>
  (new URLSearchParams(query).get("org") ?? "").split(",").filter(Boolean);
