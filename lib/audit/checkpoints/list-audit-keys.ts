import type { AuditKey } from "@/lib/contract/audit-checkpoints";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";

/** Lists every key that has signed a checkpoint, newest first. */
export async function listAuditKeys(db: Db): Promise<AuditKey[]> {
  const keys = await db.auditKey.findMany({ orderBy: [{ firstUsedAt: "desc" }, { id: "asc" }] });
  return keys.map(({ id, verifierKey, firstUsedAt }) => ({
    key_id: Buffer.from(id).toString("hex"),
    verifier_key: verifierKey,
    first_used_at: formatTimestamp(firstUsedAt),
  }));
}
