import type { Duplicates } from "@/lib/contract/duplicate";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import type { RunStatus } from "@/lib/states/run";

type Row = {
  id: string;
  status_code: RunStatus;
  created_at: Date;
  has_same_ref: boolean;
  has_same_input: boolean;
};

const SHOWN = 5;
/** A client ref that thousands of runs share is no evidence; search only this many. */
const MOST_WITH_REF = 1_000;
/** Inputs can be large, so compare only the nearest runs of the model. */
const MOST_COMPARED = 50;
const MINUTES_APART = 10;

/**
 * Runs that may be the same request sent twice: with the same client ref, or with the same model and input
 * within minutes. Compares inputs here, byte for byte, and doesn't return them, because they stay masked.
 * @param runId of a run that the caller may see
 * @returns the run and its nearest duplicates, or no runs if it has none
 */
export async function findDuplicates(db: Db, runId: string): Promise<Duplicates> {
  const rows = await db.$queryRaw<Row[]>`
    WITH me AS MATERIALIZED (
      SELECT id, org_id, model, client_ref, created_at, input::text AS input FROM runs WHERE id = ${runId}::uuid
    ), candidate AS (
      SELECT s.id FROM me, LATERAL (
        SELECT r.id, r.org_id FROM runs r WHERE r.client_ref = me.client_ref LIMIT ${MOST_WITH_REF}) s
      WHERE s.org_id = me.org_id
      UNION
      SELECT s.id FROM me, LATERAL (
        (SELECT r.id, r.input FROM runs r WHERE r.org_id = me.org_id AND r.model = me.model
           AND r.created_at BETWEEN me.created_at - make_interval(mins => ${MINUTES_APART}::int) AND me.created_at
         ORDER BY r.created_at DESC, r.id DESC LIMIT ${MOST_COMPARED})
        UNION ALL
        (SELECT r.id, r.input FROM runs r WHERE r.org_id = me.org_id AND r.model = me.model
           AND r.created_at BETWEEN me.created_at AND me.created_at + make_interval(mins => ${MINUTES_APART}::int)
         ORDER BY r.created_at, r.id LIMIT ${MOST_COMPARED})
      ) s WHERE s.input::text = me.input
    )
    SELECT r.id, r.status_code::text, r.created_at, r.client_ref IS NOT DISTINCT FROM me.client_ref
        AND r.client_ref IS NOT NULL AS has_same_ref,
      r.model = me.model AND r.input::text = me.input AS has_same_input
    FROM candidate JOIN runs r USING (id), me
    ORDER BY r.id <> me.id, abs(extract(epoch FROM r.created_at - me.created_at)), r.id LIMIT ${SHOWN + 2}`;
  if (rows.length < 2) return { runs: [], hasMore: false };
  const runs = rows
    .slice(0, SHOWN + 1)
    .map((row) => ({
      id: row.id,
      status_code: row.status_code,
      created_at: formatTimestamp(row.created_at),
      isSelf: row.id === rows[0]!.id,
      hasSameRef: row.has_same_ref,
      hasSameInput: row.has_same_input,
    }))
    .sort((a, b) => a.created_at.localeCompare(b.created_at) || a.id.localeCompare(b.id));
  return { runs, hasMore: rows.length > SHOWN + 1 };
}
