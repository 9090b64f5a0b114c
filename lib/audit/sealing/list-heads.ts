import type { Db } from "@/lib/platform/db/client";

/** The last entry of an organization's chain. */
export type ChainHead = { org_id: string; sequence: number; hash: string };

/**
 * Lists the heads of all chains at a position, in the tree's order. A loose index scan: one index leads from
 * organization to organization, another to each chain's head at that position. So it reads one row per chain,
 * for any length of chains and any position. The row comparison keeps the planner from walking back through
 * all positions, which it prefers once the table has statistics.
 */
export async function listHeads(db: Db, position: bigint | number): Promise<ChainHead[]> {
  const rows = await db.$queryRaw<{ org_id: string; sequence: bigint; hash: string }[]>`
    WITH RECURSIVE orgs AS (
      (SELECT org_id FROM audit_seals ORDER BY org_id LIMIT 1)
      UNION ALL
      SELECT (SELECT s.org_id FROM audit_seals s WHERE s.org_id > o.org_id ORDER BY s.org_id LIMIT 1)
      FROM orgs o WHERE o.org_id IS NOT NULL)
    SELECT o.org_id, s.sequence, encode(s.hash, 'hex') AS hash FROM orgs o
    JOIN LATERAL (SELECT org_id, sequence, hash FROM audit_seals
      WHERE (org_id, position) <= (o.org_id, ${position}::bigint) ORDER BY org_id DESC, position DESC LIMIT 1) s
      USING (org_id)`;
  return rows.map(({ org_id, sequence, hash }) => ({ org_id, sequence: Number(sequence), hash }));
}
