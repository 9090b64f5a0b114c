import type { AuditProof } from "@/lib/contract/audit-proof";
import type { Db } from "@/lib/platform/db/client";
import { GrowingTree } from "./growing-tree";
import { listHeads } from "./list-heads";

/**
 * Proves that a checkpoint covers these organizations' chains.
 * @param orgIds skips those without an entry up to the checkpoint's position
 */
export async function proveHeads(
  db: Db,
  checkpoint: { position: bigint; note: string },
  orgIds: readonly string[],
): Promise<AuditProof> {
  const tree = GrowingTree.ofHeads();
  const heads = new Map<string, { sequence: number; hash: string }>();
  for (const { org_id, ...head } of await listHeads(db, checkpoint.position)) {
    heads.set(org_id, head);
    tree.move(org_id, head);
  }
  tree.root();
  const keys = await db.auditKey.findMany({ orderBy: { id: "asc" } });
  return {
    format: "runflow-audit-proof/v1",
    checkpoint: checkpoint.note,
    keys: keys.map(({ verifierKey }) => verifierKey),
    heads: orgIds.flatMap((org_id) => {
      const [head, place] = [heads.get(org_id), tree.placeOf(org_id)];
      return head && place ? [{ org_id, ...head, ...place }] : [];
    }),
  };
}
