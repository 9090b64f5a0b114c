import { readNewestPosition } from "@/lib/audit/trail/read-trail";
import type { AuditForwarding } from "@/lib/contract/audit-forwarding";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";

/**
 * How far each endpoint has the trail that it was ever forwarded to, the one that was heard of last first. Which of them
 * is configured now is known to the worker alone: one that no longer is falls behind, and nothing is tried.
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
