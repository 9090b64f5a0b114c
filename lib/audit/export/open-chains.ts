import { Prisma } from "@/generated/prisma/client";
import { proveHeads } from "@/lib/audit/sealing/prove-heads";
import type { AuditExportQuery } from "@/lib/contract/audit";
import type { AuditProof } from "@/lib/contract/audit-proof";
import { parseMoment } from "@/lib/contract/moment";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import { within } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";

/**
 * The chains of an export with proof: each from its first matching entry to the head that the checkpoint
 * covers.
 */
export type Chains = {
  /** By organization, the sequence of its first entry. */
  firsts: ReadonlyMap<string, number>;
  /** The range of the entries' positions, inclusive. */
  from: number;
  to: number;
  proof: AuditProof;
};

type Bounds = Pick<AuditExportQuery, "org_id" | "from" | "to">;
type FirstRow = { org_id: string; sequence: bigint; first: bigint; last: bigint };

/**
 * Finds the entries that prove a time range. They end at the first checkpoint after the range, or else at the
 * newest one, which leaves out entries that no checkpoint covers yet.
 * @throws Refusal CONFLICT before the first checkpoint
 */
export async function openChains(db: Db, reach: Reach, bounds: Bounds): Promise<Chains> {
  const rows = await db.$queryRaw<FirstRow[]>(selectFirsts(reach, bounds));
  const last = rows.reduce((highest, row) => (row.last > highest ? row.last : highest), 0n);
  const select = { position: true, note: true } as const;
  const checkpoint =
    (await db.auditCheckpoint.findFirst({
      where: { position: { gte: last } },
      select,
      orderBy: { number: "asc" },
    })) ?? (await db.auditCheckpoint.findFirst({ select, orderBy: { number: "desc" } }));
  if (!checkpoint) {
    throw conflict("no_checkpoint", "No checkpoint covers the trail yet. Try again in a minute.");
  }
  const covered = rows.filter(({ first }) => first <= checkpoint.position);
  return {
    firsts: new Map(covered.map(({ org_id, sequence }) => [org_id, Number(sequence)])),
    from: Math.min(...covered.map(({ first }) => Number(first))),
    to: Number(checkpoint.position),
    proof: await proveHeads(
      db,
      checkpoint,
      covered.map(({ org_id }) => org_id),
    ),
  };
}

/**
 * Entries are sealed almost, but not exactly, in order of time; the first is the one with the lowest
 * sequence.
 */
function selectFirsts(reach: Reach, { org_id, from, to }: Bounds): Prisma.Sql {
  const conditions = [
    within(reach),
    // Retired months are proved by their own files.
    Prisma.sql`r.entry_occurred_at >= (SELECT min(occurred_at) FROM audit_entries)`,
    org_id !== undefined && Prisma.sql`r.org_id = ${org_id}::uuid`,
    from !== undefined && Prisma.sql`r.entry_occurred_at >= ${parseMoment(from)!.iso}::timestamptz`,
    to !== undefined && Prisma.sql`r.entry_occurred_at < ${parseMoment(to)!.iso}::timestamptz`,
  ].filter((condition) => condition !== false);
  return Prisma.sql`
    SELECT r.org_id, min(r.sequence) AS sequence, min(r.position) AS first, max(r.position) AS last
    FROM audit_seals r WHERE ${Prisma.join(conditions, " AND ")} GROUP BY r.org_id`;
}
