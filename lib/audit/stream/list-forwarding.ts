import { readNewestPosition } from "@/lib/audit/trail/read-trail";
import type { AuditForwarding } from "@/lib/contract/audit-forwarding";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";

/**
 * Lists every endpoint ever forwarded to with its position, the most recently active first. Only the worker
 * knows which one is configured now; the others just fall behind.
 */
export async function listForwarding(db: Db): Promise<AuditForwarding[]> {
  const newest = await readNewestPosition(db);
  const rows = await db.auditForwarding.findMany({ orderBy: [{ changedAt: "desc" }, { target: "asc" }] });
  const lacking = rows.map(({ position }) => position + 1n).filter((position) => position <= newest);
  const seals = await db.auditSeal.findMany({
    where: { position: { in: lacking } },
    select: { position: true, sealedAt: true },
  });
  const sealedAt = new Map(seals.map((seal) => [seal.position, formatTimestamp(seal.sealedAt)]));
  return rows.map(({ target, position, failures, lastError, changedAt }) => ({
    target,
    position: Number(position),
    lacking: Math.max(0, newest - Number(position)),
    lacking_since: sealedAt.get(position + 1n) ?? null,
    failures,
    last_error: lastError,
    tried_at: formatTimestamp(changedAt),
  }));
}
