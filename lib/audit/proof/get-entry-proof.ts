import { Prisma } from "@/generated/prisma/client";
import { proveHeads } from "@/lib/audit/sealing/prove-heads";
import { AUDIT_COLUMNS, type AuditRow, toAuditEntry, WITH_SEAL } from "@/lib/audit/trail/audit-record";
import { getAuditEntry } from "@/lib/audit/trail/get-audit-entry";
import type { AuditEntry } from "@/lib/contract/audit";
import type { AuditEntryProof } from "@/lib/contract/audit-proof";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import type { Reach } from "@/lib/states/caller";

/** About ten megabytes. Only a backlog leaves more between two checkpoints. */
const MOST_ENTRIES = 10_000;

/**
 * Collects the proof of an entry: the first checkpoint after it, and its organization's entries up to the
 * head that this checkpoint covers.
 * @param id as in the path; upper case is the same id
 * @returns the entry alone while no checkpoint covers it
 * @throws Refusal AUDIT_ENTRY_NOT_FOUND as `getAuditEntry` does; CONFLICT when too many entries lie between
 */
export async function getEntryProof(db: Db, reach: Reach, id: string): Promise<AuditEntryProof> {
  const entry = await getAuditEntry(db, reach, id);
  if (entry.position === null) return { entries: [entry], proof: null };
  const checkpoint = await db.auditCheckpoint.findFirst({
    where: { position: { gte: entry.position } },
    select: { position: true, note: true },
    orderBy: { number: "asc" },
  });
  if (!checkpoint) return { entries: [entry], proof: null };
  const entries = await listUpTo(db, entry, checkpoint.position);
  return { entries, proof: await proveHeads(db, checkpoint, [entry.org_id]) };
}

async function listUpTo(db: Db, { org_id, position }: AuditEntry, last: bigint): Promise<AuditEntry[]> {
  const rows = await db.$queryRaw<AuditRow[]>(Prisma.sql`
    SELECT ${AUDIT_COLUMNS} FROM audit_entries r ${WITH_SEAL}
    WHERE s.org_id = ${org_id}::uuid AND s.position BETWEEN ${position} AND ${last}
    ORDER BY s.position LIMIT ${MOST_ENTRIES + 1}`);
  if (rows.length > MOST_ENTRIES) {
    throw conflict(
      "proof_too_long",
      "Too many entries lie between this one and the next checkpoint. Export the trail with its proof instead.",
    );
  }
  return rows.map(toAuditEntry);
}
