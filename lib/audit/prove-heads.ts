import type { AuditProof } from "@/lib/contract/audit-proof";
import type { Db } from "@/lib/db/client";
import { GrowingTree } from "./verify/growing-tree";

type HeadRow = { org_id: string; sequence: bigint; hash: string };

/**
 * The proof that a checkpoint vouches for these organizations' chains.
 * @param orgIds those without an entry up to the checkpoint's position are left out
 */
export async function proveHeads(
  db: Db,
  checkpoint: { position: bigint; note: string },
  orgIds: readonly string[],
): Promise<AuditProof> {
  const tree = new GrowingTree();
  const heads = new Map<string, { sequence: number; hash: string }>();
  // The organizations one after the other by the index, without reading all of their seals.
  const rows = await db.$queryRaw<HeadRow[]>`
    WITH RECURSIVE orgs AS (
      (SELECT org_id FROM audit_seals ORDER BY org_id LIMIT 1)
      UNION ALL
      SELECT (SELECT s.org_id FROM audit_seals s WHERE s.org_id > o.org_id ORDER BY s.org_id LIMIT 1)
      FROM orgs o WHERE o.org_id IS NOT NULL)
    SELECT o.org_id, s.sequence, encode(s.hash, 'hex') AS hash FROM orgs o
    CROSS JOIN LATERAL (SELECT sequence, hash FROM audit_seals
      WHERE org_id = o.org_id AND position <= ${checkpoint.position} ORDER BY position DESC LIMIT 1) s`;
  for (const { org_id, sequence, hash } of rows) {
    const head = { sequence: Number(sequence), hash };
    heads.set(org_id, head);
    tree.move(org_id, head);
  }
  tree.root();
  const keys = await db.$queryRaw<
    { verifier_key: string }[]
  >`SELECT verifier_key FROM audit_keys ORDER BY id`;
  return {
    format: "runflow-audit-proof/v1",
    checkpoint: checkpoint.note,
    keys: keys.map(({ verifier_key }) => verifier_key),
    heads: orgIds.flatMap((org_id) => {
      const [head, place] = [heads.get(org_id), tree.placeOf(org_id)];
      return head && place ? [{ org_id, ...head, ...place }] : [];
    }),
  };
}
