import { Prisma } from "@/generated/prisma/client";
import { MODELS } from "@/lib/models/model-record";
import { UNPREPARED } from "@/lib/platform/db/client";
import { within } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";

const MARK = Prisma.raw(UNPREPARED);

/** Of a run `r` of the model `m`. */
const IS_STUCK = Prisma.sql`r.model_id = m.id AND NOT is_terminal(r.status_code)
  AND r.created_at < now() - m."p95Ms" * m."stuckFactor" * interval '1 millisecond'`;

export type StuckFilter = { model?: string | undefined; limit: number };

/**
 * Selects the stuck runs with the highest ratio in reach. Within a model the oldest run has the highest
 * ratio, so the first few of each model suffice, however long the backlog is.
 */
export const selectStuck = (reach: Reach, { model, limit }: StuckFilter): Prisma.Sql => Prisma.sql`${MARK}
  SELECT r.*, m.slug AS model, m."p95Ms" AS p95_ms, m."stuckFactor" AS stuck_factor,
    (extract(epoch FROM now() - r.created_at) * 1000 / m."p95Ms")::float8 AS ratio
  FROM (${MODELS}) m CROSS JOIN LATERAL (
    SELECT r.id, r.org_id, r.model_id, r.source_code, r.status_code::text AS status_code, r.created_at FROM runs r
    WHERE ${IS_STUCK} AND ${within(reach)} ORDER BY r.created_at LIMIT ${limit}::int) r
  WHERE ${model === undefined ? Prisma.sql`TRUE` : Prisma.sql`m.slug = ${model}`}
  ORDER BY ratio DESC, r.id LIMIT ${limit}::int`;

/** Counts them up to a limit. Reads only columns that the worker may read, too. */
export const countStuck = (reach: Reach, limit: number): Prisma.Sql => Prisma.sql`${MARK}
  SELECT count(*)::int AS found FROM (
    SELECT FROM (${MODELS}) m CROSS JOIN LATERAL (
      SELECT FROM runs r WHERE ${IS_STUCK} AND ${within(reach)} ORDER BY r.created_at LIMIT ${limit}::int) r
    LIMIT ${limit}::int) stuck`;
