import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import { DENSITY_BUCKETS, PROFILE_DAYS } from "@/lib/states/latency-profile";

/**
 * Computes every model's latency profile from an index of successes, without reading the runs table. The
 * density's scale drops the extreme 0.5 % on each side, so that an outlier doesn't squeeze the rest.
 */
export const COMPUTE_LATENCY_PROFILES = Prisma.sql`
  WITH sample AS MATERIALIZED (
    SELECT model_id, least(greatest(duration_ms, 1), 2147483646) AS ms FROM runs
    WHERE status_code = 'succeeded' AND completed_at >= now() - make_interval(days => ${PROFILE_DAYS}::int)
  ), figure AS (
    SELECT model_id, count(*)::int AS samples,
      percentile_disc(ARRAY[0.5, 0.95, 0.99, 0.005, 0.995]) WITHIN GROUP (ORDER BY ms) AS p
    FROM sample GROUP BY model_id
  ), scale AS (
    SELECT model_id, samples, p, p[4] AS from_ms, greatest(p[5], p[4] + 1) AS to_ms FROM figure
  ), bucket AS (
    SELECT model_id, count(*)::int AS runs,
      greatest(1, least(${DENSITY_BUCKETS}::int,
        width_bucket(ln(ms), ln(from_ms), ln(to_ms), ${DENSITY_BUCKETS}::int))) AS n
    FROM sample JOIN scale USING (model_id) GROUP BY model_id, n
  ), density AS (
    SELECT model_id, array_agg(coalesce(runs, 0) ORDER BY n) AS counts
    FROM scale CROSS JOIN generate_series(1, ${DENSITY_BUCKETS}::int) n LEFT JOIN bucket USING (model_id, n)
    GROUP BY model_id
  ), gone AS (
    DELETE FROM model_envelopes WHERE model_id NOT IN (SELECT model_id FROM figure)
  )
  INSERT INTO model_envelopes AS e (model_id, samples, p50_ms, p95_ms, p99_ms, from_ms, to_ms, density, computed_at)
  SELECT model_id, samples, p[1], p[2], p[3], from_ms, to_ms, counts, now()
  FROM scale JOIN density USING (model_id) ORDER BY model_id
  ON CONFLICT (model_id) DO UPDATE SET samples = EXCLUDED.samples, p50_ms = EXCLUDED.p50_ms, p95_ms = EXCLUDED.p95_ms,
    p99_ms = EXCLUDED.p99_ms, from_ms = EXCLUDED.from_ms, to_ms = EXCLUDED.to_ms, density = EXCLUDED.density,
    computed_at = EXCLUDED.computed_at`;

/**
 * Computes how long each model recently took. Only full successes count: a failure says nothing about the
 * work, and a canceled run didn't finish it.
 * @returns how many models have a profile now
 */
export const computeLatencyProfiles = (db: Db): Promise<number> => db.$executeRaw(COMPUTE_LATENCY_PROFILES);
