import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";

/** More than these are no answer to "which customer?". */
const MOST = 20;
const SHORTEST = 2;

/**
 * The organizations in reach whose name (or a word of it), slug or e-mail begins with the text, in upper or lower case.
 * Those that are called exactly so keep the others out.
 * @returns their ids, in the order of their names
 */
export async function findCustomers(db: Db, reach: Reach, text: string): Promise<string[]> {
  if (text.length < SHORTEST) return [];
  const wanted = text.toLowerCase();
  const orgIds = reach.all ? [] : [...reach.orgIds];
  // starts_with and position take every character for itself, where LIKE would need escapes.
  const rows = await db.$queryRaw<{ id: string; is_exact: boolean }[]>(Prisma.sql`
    SELECT o.id, ${wanted} IN (lower(o.name), lower(o.slug), lower(o.email)) AS is_exact
    FROM organizations o
    WHERE (${reach.all} OR o.id = ANY(${orgIds}::uuid[]))
      AND (position(${` ${wanted}`} IN ' ' || lower(o.name)) > 0
        OR starts_with(lower(o.slug), ${wanted}) OR starts_with(lower(o.email), ${wanted}))
    ORDER BY is_exact DESC, o.name LIMIT ${MOST}`);
  const exact = rows.filter((row) => row.is_exact);
  return (exact.length > 0 ? exact : rows).map(({ id }) => id);
}
