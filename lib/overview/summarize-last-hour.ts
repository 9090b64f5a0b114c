import type { LastHour } from "@/lib/contract/overview";
import type { Db } from "@/lib/platform/db/client";
import { within } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";

const STEPS = 12;
const STEP_S = 300;
/** Nobody needs a larger number, and counting each row costs the database. */
const MOST_ACTIVE = 10_000;

type Step = { step: number; ended: number; failed: number };
type Latency = Pick<LastHour, "p50_ms" | "p95_ms">;

/** The runs that ended in the last hour, how long they took, and how many are active. */
export async function summarizeLastHour(db: Db, reach: Reach): Promise<LastHour> {
  const [rows, [latency], [active]] = await Promise.all([
    db.$queryRaw<Step[]>`
      SELECT least(${STEPS - 1}::int, floor(extract(epoch FROM r.completed_at - (now() - interval '1 hour')) / ${STEP_S}::int)::int)
          AS step, count(*)::int AS ended, (count(*) FILTER (WHERE r.status_code = 'failed'))::int AS failed
      FROM runs r WHERE r.completed_at > now() - interval '1 hour' AND ${within(reach)}
      GROUP BY 1`,
    db.$queryRaw<Latency[]>`
      SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY r.duration_ms)::int AS p50_ms,
        percentile_disc(0.95) WITHIN GROUP (ORDER BY r.duration_ms)::int AS p95_ms
      FROM runs r
      WHERE r.completed_at > now() - interval '1 hour' AND r.status_code = 'succeeded' AND ${within(reach)}`,
    db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM (
        SELECT FROM runs r WHERE NOT is_terminal(r.status_code) AND ${within(reach)} LIMIT ${MOST_ACTIVE + 1}) counted`,
  ]);
  const steps = Array.from({ length: STEPS }, (_, index) => {
    const { ended = 0, failed = 0 } = rows.find(({ step }) => step === index) ?? {};
    return { ended, failed };
  });
  const sum = (of: "ended" | "failed") => steps.reduce((total, step) => total + step[of], 0);
  const count = active?.count ?? 0;
  return {
    steps,
    ended: sum("ended"),
    failed: sum("failed"),
    p50_ms: latency?.p50_ms ?? null,
    p95_ms: latency?.p95_ms ?? null,
    active: Math.min(count, MOST_ACTIVE),
    has_more_active: count > MOST_ACTIVE,
  };
}
