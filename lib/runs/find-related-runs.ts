import { type RelatedRuns, type Relation, RELATIONS } from "@/lib/contract/relation";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { quoteValue } from "@/lib/platform/query/quote-value";
import type { RunStatus } from "@/lib/states/run";

type Row = {
  because: Relation;
  value: string;
  id: string;
  model: string;
  status_code: RunStatus;
  created_at: Date;
};

const SHOWN = 5;
/** A value that thousands of runs share says little; search only the newest. */
const MOST_LOOKED_AT = 1_000;

/**
 * Finds runs of the same organization that share the run's batch or key.
 * @param runId of a run that the caller may see
 * @returns a group for each shared value, in the order of `RELATIONS`
 */
export async function findRelatedRuns(db: Db, runId: string): Promise<RelatedRuns[]> {
  const rows = await db.$queryRaw<Row[]>`
    WITH me AS MATERIALIZED (
      SELECT id, org_id, batch_id, api_key_id FROM runs WHERE id = ${runId}::uuid
    ), related AS (
      (SELECT 'batch_id' AS because, me.batch_id::text AS value, r.* FROM me, LATERAL (
        SELECT s.id, s.model, s.status_code, s.created_at, s.org_id FROM runs s WHERE s.batch_id = me.batch_id
        LIMIT ${MOST_LOOKED_AT}) r WHERE r.id <> me.id AND r.org_id = me.org_id
        ORDER BY r.created_at DESC, r.id DESC LIMIT ${SHOWN + 1})
      UNION ALL
      (SELECT 'api_key_id', me.api_key_id::text, r.* FROM me, LATERAL (
        SELECT s.id, s.model, s.status_code, s.created_at, s.org_id FROM runs s WHERE s.api_key_id = me.api_key_id
        ORDER BY s.created_at DESC LIMIT ${SHOWN + 2}) r WHERE r.id <> me.id AND r.org_id = me.org_id
        ORDER BY r.created_at DESC, r.id DESC LIMIT ${SHOWN + 1})
    )
    SELECT because, value, id, model, status_code::text, created_at FROM related`;
  return RELATIONS.flatMap((because) => {
    const found = rows.filter((row) => row.because === because);
    if (found.length === 0) return [];
    const runs = found.slice(0, SHOWN).map(({ id, model, status_code, created_at }) => ({
      id,
      model,
      status_code,
      created_at: formatTimestamp(created_at),
    }));
    const { value } = found[0]!;
    return [
      { because, value, expression: `${because}:${quoteValue(value)}`, runs, hasMore: found.length > SHOWN },
    ];
  });
}
