import { Prisma } from "@/generated/prisma/client";
import { readCheckpoint } from "@/lib/audit/signing/read-checkpoint";
import type {
  AuditCheckpoint,
  AuditCheckpointPage,
  CheckpointListQuery,
} from "@/lib/contract/audit-checkpoints";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice } from "@/lib/platform/paging/keyset";
import { selectSlice } from "@/lib/platform/paging/select-slice";

type Row = { note: string; publications: PublicationRow[] };
type PublicationRow = {
  target: string;
  published_at: string | null;
  attempts: number;
  last_error: string | null;
  next_attempt_at: string | null;
};

const BY_NUMBER = [{ column: Prisma.sql`r.number`, type: Prisma.sql`bigint`, isDescending: true }];

/**
 * Finds a page of checkpoints, newest first. Each covers all organizations and names none.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findCheckpoints(db: Db, query: CheckpointListQuery): Promise<AuditCheckpointPage> {
  const selection = {
    table: Prisma.sql`audit_checkpoints`,
    columns: Prisma.sql`r.note, coalesce(p.publications, '[]') AS publications, ARRAY[r.number::text] AS place`,
    join: Prisma.sql`LEFT JOIN LATERAL (
      SELECT jsonb_agg(to_jsonb(p) ORDER BY p.target) AS publications FROM audit_checkpoint_publications p
      WHERE p.number = r.number) p ON true`,
    where: Prisma.sql`TRUE`,
    reach: { all: true } as const,
    hasOrgIndex: false,
  };
  const listing = {
    scope: JSON.stringify(["checkpoints"]),
    order: BY_NUMBER,
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<(Row & Placed)[]>(selectSlice({ ...selection, slice, limit })),
  };
  const page = await findPage(listing, query);
  return { ...page, items: page.items.map(toCheckpoint) };
}

/** Parses the note instead of reading columns, because only the note is signed. */
function toCheckpoint({ note, publications }: Row): AuditCheckpoint {
  const checkpoint = readCheckpoint(note);
  if (!checkpoint) throw new Error("the database contains an invalid checkpoint");
  const { number, position, orgs, root, time, signatures } = checkpoint;
  return {
    number,
    position,
    orgs,
    root,
    time,
    note,
    key_ids: signatures.map(({ keyId }) => keyId),
    publications: publications.map(({ target, attempts, last_error, ...moments }) => ({
      target,
      published_at: toTimestamp(moments.published_at),
      attempts,
      last_error,
      next_attempt_at: toTimestamp(moments.next_attempt_at),
    })),
  };
}

const toTimestamp = (text: string | null): string | null => text && formatTimestamp(new Date(text));
