import { Prisma } from "@/generated/prisma/client";
import { AUDIT_COLUMNS, type AuditRow, toAuditEntry } from "@/lib/audit/trail/audit-record";
import type { AuditEntry } from "@/lib/contract/audit";
import type { Db } from "@/lib/platform/db/client";
import type { Survey } from "./survey-month";

const STEP = 2_000n;

type Row = AuditRow & { entry_id: string; seal_org_id: string };

/**
 * Reads a month's export by position: for every organization with an entry in the month, all entries from its
 * first one in the month to its head at the checkpoint. Includes entries of other months that were sealed in
 * between, and the few that followed before the checkpoint: without them the proof would have gaps.
 */
export async function* readMonthEntries(db: Db, survey: Survey): AsyncGenerator<AuditEntry[]> {
  const { first, checkpoint, beginnings } = survey;
  for (let from = first; from <= checkpoint.position; from += STEP) {
    const to = from + STEP - 1n < checkpoint.position ? from + STEP - 1n : checkpoint.position;
    const rows = await db.$queryRaw<Row[]>`
      SELECT ${AUDIT_COLUMNS}, s.entry_id, s.org_id AS seal_org_id
      FROM audit_seals s LEFT JOIN audit_entries r ON r.id = s.entry_id AND r.occurred_at = s.entry_occurred_at
      WHERE s.position BETWEEN ${from} AND ${to} ORDER BY s.position`;
    const wanted = rows.filter(
      ({ seal_org_id, sequence }) => Number(sequence) >= (beginnings.get(seal_org_id) ?? Infinity),
    );
    yield await Promise.all(
      wanted.map(async (row) => toAuditEntry(row.id === null ? await readRetired(db, row) : row)),
    );
  }
}

/**
 * A late entry of the previous month, already retired; that month's table is kept while its entries are
 * needed.
 */
async function readRetired(db: Db, { entry_id }: Row): Promise<AuditRow> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'audit_retired'::regnamespace AND relkind = 'r'`;
  for (const { name } of tables) {
    const [row] = await db.$queryRaw<AuditRow[]>(Prisma.sql`
      SELECT ${AUDIT_COLUMNS} FROM ${Prisma.raw(`audit_retired."${name}"`)} r
      JOIN audit_seals s ON s.entry_id = r.id WHERE r.id = ${entry_id}::uuid`);
    if (row) return row;
  }
  throw new Error(`the entry ${entry_id} is sealed, but is neither in the trail nor in a retired month`);
}
