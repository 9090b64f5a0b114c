import type { AuditForwarding } from "@/lib/contract/audit-forwarding";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/db/client";
import { readNewestPosition } from "./read-trail";

type Row = {
  target: string;
  position: bigint;
  failures: number;
  last_error: string | null;
  changed_at: Date;
  lacking_since: Date | null;
};

/**
 * How far each endpoint has the trail that it was ever forwarded to, the one that was heard of last first. Which of them
 * is configured now is known to the worker alone: one that no longer is falls behind, and nothing is tried.
 */
export async function listForwarding(db: Db): Promise<AuditForwarding[]> {
  const newest = await readNewestPosition(db);
  const rows = await db.$queryRaw<Row[]>`
    SELECT f.target, f.position, f.failures, f.last_error, f.changed_at, s.sealed_at AS lacking_since
    FROM audit_forwarding f LEFT JOIN audit_seals s ON s.position = f.position + 1 AND s.position <= ${newest}
    ORDER BY f.changed_at DESC, f.target`;
  return rows.map(({ target, failures, last_error, ...row }) => ({
    target,
    position: Number(row.position),
    lacking: Math.max(0, newest - Number(row.position)),
    lacking_since: row.lacking_since && formatTimestamp(row.lacking_since),
    failures,
    last_error,
    tried_at: formatTimestamp(row.changed_at),
  }));
}
