import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";
import type { OrganizationName } from "./list-organizations";

const MOST = 3;
const LENGTHS = { least: 4, most: 100 };

/**
 * Did you mean: finds the customers in reach whose name, slug or email resembles the text, the likeliest
 * first.
 */
export async function findAlike(db: Db, reach: Reach, text: string): Promise<OrganizationName[]> {
  if (text.length < LENGTHS.least || text.length > LENGTHS.most) return [];
  const orgIds = reach.all ? [] : [...reach.orgIds];
  return db.$queryRaw<OrganizationName[]>`
    SELECT o.id, o.name, o.slug FROM organizations_like(${text}) alike JOIN organizations o ON o.id = alike.id
    WHERE ${reach.all} OR o.id = ANY(${orgIds}::uuid[])
    ORDER BY alike.likeness DESC, o.name LIMIT ${MOST}`;
}
