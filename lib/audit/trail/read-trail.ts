import type { Db } from "@/lib/platform/db/client";
import type { ServerEvent } from "@/lib/platform/stream/event-stream";
import { type Reach, reaches } from "@/lib/states/caller";
import { AUDIT_COLUMNS, type AuditRow, toAuditEntry } from "./audit-record";

export type TrailPart = {
  events: ServerEvent[];
  /** Includes all entries in reach up to this position. */
  upTo: number;
};

type SealRow = AuditRow & { seal_org_id: string; entry_id: string };

/**
 * Reads the entries after a position. Positions become visible in order, because one connection assigns them,
 * so no entry appears later before those already read. A step scans a fixed number of positions, so that a
 * small reach among millions of entries never makes a large query.
 * @param after the last position read, 0 for none
 * @param step how many positions to scan
 */
export async function readTrail(db: Db, reach: Reach, after: number, step: number): Promise<TrailPart> {
  const rows = await db.$queryRaw<SealRow[]>`
    SELECT ${AUDIT_COLUMNS}, s.org_id AS seal_org_id, s.entry_id
    FROM audit_seals s LEFT JOIN audit_entries r ON r.id = s.entry_id AND r.occurred_at = s.entry_occurred_at
    WHERE s.position > ${after} AND s.position <= ${after + step} ORDER BY s.position`;
  const last = rows.at(-1);
  return {
    events: rows.filter((row) => reaches(reach, row.seal_org_id)).map(toEvent),
    upTo: last ? Number(last.position) : after,
  };
}

/** Still names an entry whose month was retired, so that no position is missing. */
function toEvent(row: SealRow): ServerEvent {
  const position = Number(row.position);
  if (row.id === null) return { event: "retired", data: { position, id: row.entry_id }, id: position };
  return { event: "entry", data: toAuditEntry(row), id: position };
}

/** The newest position; 0 for none. */
export async function readNewestPosition(db: Db): Promise<number> {
  const newest = await db.auditSeal.findFirst({
    select: { position: true },
    orderBy: { position: "desc" },
  });
  return Number(newest?.position ?? 0);
}
