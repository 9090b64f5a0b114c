import { Prisma } from "@/generated/prisma/client";
import { foldText, searchText } from "@/lib/contract/text/fold";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";

/** More than these are no answer to "which customer?". */
const MOST = 20;
const SHORTEST = 2;
/** No customer is called by more, and an index of trigrams would look for each of them. */
const LONGEST = 200;

/**
 * The organizations in reach whose name (or a word of it), slug or e-mail begins with one of the texts, in any spelling.
 * Those that are called exactly so keep the others out.
 * @param texts the first that finds any decides
 * @returns their ids, in the order of their names
 */
export async function findCustomers(db: Db, reach: Reach, texts: readonly string[]): Promise<string[]> {
  for (const text of texts) {
    if (searchText(text).length < SHORTEST || text.length > LONGEST) continue;
    const found = await findByName(db, reach, text);
    if (found.length > 0) return found;
  }
  return [];
}

async function findByName(db: Db, reach: Reach, text: string): Promise<string[]> {
  const exact = await select(
    db,
    reach,
    Prisma.sql`${foldText(text)} IN (fold_text(o.name), fold_text(o.slug), fold_text(o.email))`,
  );
  if (exact.length > 0) return exact;
  return select(db, reach, Prisma.sql`o.search LIKE overlay(containing(${text}) PLACING '% ' FROM 1 FOR 1)`);
}

async function select(db: Db, reach: Reach, where: Prisma.Sql): Promise<string[]> {
  const orgIds = reach.all ? [] : [...reach.orgIds];
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM organizations o WHERE (${reach.all} OR o.id = ANY(${orgIds}::uuid[])) AND ${where}
    ORDER BY o.name LIMIT ${MOST}`;
  return rows.map(({ id }) => id);
}
