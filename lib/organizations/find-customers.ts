import { foldText, searchText } from "@/lib/contract/text/fold";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";

/** More matches than this don't identify a customer. */
const MOST = 20;
const SHORTEST = 2;
/** No name is longer, and a trigram index would search for every part of the text. */
const LONGEST = 200;

/**
 * Finds the organizations in reach whose name (or a word of it), slug or email starts with one of the texts,
 * in any spelling. An exact match excludes the others.
 * @param texts in order of preference; the first with a match decides
 * @returns their ids, ordered by name
 */
export async function findCustomers(db: Db, reach: Reach, texts: readonly string[]): Promise<string[]> {
  const wanted = texts.filter((text) => searchText(text).length >= SHORTEST && text.length <= LONGEST);
  if (wanted.length === 0) return [];
  const orgIds = reach.all ? [] : [...reach.orgIds];
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH wanted AS (
      SELECT * FROM unnest(${wanted}::text[], ${wanted.map(foldText)}::text[]) WITH ORDINALITY w (text, folded, place)),
    found AS (
      SELECT o.id, o.name, wanted.place, TRUE AS is_exact FROM wanted JOIN organizations o
        ON fold_text(o.name) = wanted.folded OR fold_text(o.slug) = wanted.folded OR fold_text(o.email) = wanted.folded
      WHERE ${reach.all} OR o.id = ANY(${orgIds}::uuid[])
      UNION ALL
      SELECT o.id, o.name, wanted.place, FALSE FROM wanted JOIN organizations o
        ON o.search LIKE overlay(containing(wanted.text) PLACING '% ' FROM 1 FOR 1)
      WHERE ${reach.all} OR o.id = ANY(${orgIds}::uuid[])),
    best AS (SELECT place, is_exact FROM found ORDER BY place, is_exact DESC LIMIT 1)
    SELECT found.id FROM found JOIN best USING (place, is_exact) ORDER BY found.name LIMIT ${MOST}`;
  return rows.map(({ id }) => id);
}
