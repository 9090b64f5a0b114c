import { Prisma } from "@/generated/prisma/client";
import { AUDIT_COLUMNS, type AuditRow, toAuditEntry } from "@/lib/audit/trail/audit-record";
import type { AuditEntry } from "@/lib/contract/audit";
import type { Db } from "@/lib/platform/db/client";
import { within } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";
import type { Chains } from "./open-chains";

type SealRow = AuditRow & { seal_org_id: string; seal_sequence: bigint };

type Read = {
  reach: Reach;
  /** The only organization, if one was requested. */
  orgId: string | undefined;
  /** Entries per read, and positions that one read scans. */
  batch: number;
  stride: number;
  list<T>(read: (db: Db) => Promise<T>): Promise<T>;
};

/**
 * Reads the chains' entries in batches, by position.
 * @throws Error if one is missing, because a chain with a gap proves nothing
 */
export async function* readChains(
  { firsts, from, to, proof }: Chains,
  { reach, orgId, batch, stride, list }: Read,
): AsyncGenerator<AuditEntry[], void> {
  const next = new Map(firsts);
  let after = from - 1;
  while (after < to) {
    const end = Math.min(after + stride, to);
    const rows = await list((db) =>
      db.$queryRaw<SealRow[]>(selectSeals({ after, end, batch }, reach, orgId)),
    );
    yield rows.flatMap((row) => {
      const expected = next.get(row.seal_org_id);
      const sequence = Number(row.seal_sequence);
      if (expected === undefined || sequence < expected) return [];
      if (sequence > expected || row.id === null) throw missing(row.seal_org_id, expected);
      next.set(row.seal_org_id, expected + 1);
      return [toAuditEntry(row)];
    });
    after = rows.length < batch ? end : Number(rows.at(-1)!.position);
  }
  for (const { org_id, sequence } of proof.heads) {
    if (next.get(org_id) !== sequence + 1) throw missing(org_id, next.get(org_id)!);
  }
}

const missing = (orgId: string, sequence: number): Error =>
  new Error(`entry ${sequence} of organization ${orgId} is not in the trail`);

type Window = { after: number; end: number; batch: number };

const selectSeals = (
  { after, end, batch }: Window,
  reach: Reach,
  orgId: string | undefined,
): Prisma.Sql => Prisma.sql`
  SELECT ${AUDIT_COLUMNS}, s.org_id AS seal_org_id, s.sequence AS seal_sequence
  FROM (
    SELECT r.* FROM audit_seals r WHERE r.position > ${after} AND r.position <= ${end} AND ${within(reach)}
      AND ${orgId === undefined ? Prisma.sql`TRUE` : Prisma.sql`r.org_id = ${orgId}::uuid`}
    ORDER BY r.position LIMIT ${batch}
  ) s LEFT JOIN audit_entries r ON r.id = s.entry_id AND r.occurred_at = s.entry_occurred_at
  ORDER BY s.position`;
