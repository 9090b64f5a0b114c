import type { Prisma } from "@/generated/prisma/client";
import type { SavedView } from "@/lib/contract/views";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import type { Db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";
import { toView, VIEW_FIELDS, type ViewRow } from "./view-record";

/** Finds the caller's own views and the team's, by name. */
export async function findViews(db: Db, caller: Caller): Promise<SavedView[]> {
  const rows = await findVisibleViews(db, caller, {});
  return rows.map((row) => toView(caller, row));
}

/**
 * The views that the caller may see. Excludes a colleague's view of a customer out of reach, because its name
 * and query would reveal the customer.
 */
export async function findVisibleViews(
  db: Db,
  caller: Caller,
  where: Prisma.SavedViewWhereInput,
): Promise<ViewRow[]> {
  const found = await db.savedView.findMany({
    where: { ...where, OR: [{ ownerId: caller.person.id }, { scope: "team" }] },
    select: VIEW_FIELDS,
  });
  const rows = found.toSorted((a, b) => compare(nameOf(a), nameOf(b)) || compare(a.id, b.id));
  if (caller.reach.all) return rows;
  const named = rows.flatMap(({ query }) => namedCustomers(query));
  const known = new Set(
    (await nameOrganizations(db, caller.reach, { slugs: named })).map(({ slug }) => slug),
  );
  const isOwn = ({ ownerId }: ViewRow) => ownerId === caller.person.id;
  return rows.filter((row) => isOwn(row) || namedCustomers(row.query).every((slug) => known.has(slug)));
}

const nameOf = ({ name }: ViewRow): string => name.toLowerCase();
const compare = (one: string, other: string): number => Number(one > other) - Number(one < other);

const namedCustomers = (query: string): string[] =>
  (new URLSearchParams(query).get("org") ?? "").split(",").filter(Boolean);
