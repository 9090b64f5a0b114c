import type { AuditKey } from "@/lib/contract/audit-checkpoints";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/db/client";

/** Every key that ever signed a checkpoint, the one that did so last for the first time first. */
export async function listAuditKeys(db: Db): Promise<AuditKey[]> {
  const rows = await db.$queryRaw<{ key_id: string; verifier_key: string; first_used_at: Date }[]>`
    SELECT encode(id, 'hex') AS key_id, verifier_key, first_used_at FROM audit_keys ORDER BY first_used_at DESC, id`;
  return rows.map((row) => ({ ...row, first_used_at: formatTimestamp(row.first_used_at) }));
}
