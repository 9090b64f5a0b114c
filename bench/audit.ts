import { setTimeout } from "node:timers/promises";
import type pg from "pg";
import { startWorker } from "@/lib/testing/worker";
import { measureVerify } from "./audit-verify";
import { type Ground, openGround, round } from "./ground";
import type { BenchReport } from "./run";

const ENTRIES = Number(process.env["AUDIT_BENCH_ENTRIES"] || 200_000);
const PER_STATEMENT = 10_000;
const BATCH = 1_000;
const ORGS = 200;

/**
 * Entries per second that the sealer of one worker process seals of a backlog, against as many rows put by plain
 * INSERT … SELECT, as many at a time as the sealer takes, into a table that is made like the seals'. Then what is done
 * with a trail of that length.
 */
export default async function audit(): Promise<BenchReport> {
  const ground = await openGround();
  try {
    const sealPerSecond = await measureSealing(ground);
    const insertPerSecond = await measureInserting(ground.owner);
    console.log(`${sealPerSecond.toFixed(0)} seals/s, ${insertPerSecond.toFixed(0)} plain rows/s`);
    const verified = await measureVerify(ground);
    return {
      figures: {
        seal_per_s: round(sealPerSecond, 0),
        plain_rows_per_s: round(insertPerSecond, 0),
        seal_ratio: round(sealPerSecond / insertPerSecond, 3),
        ...verified,
      },
      yardstick: `the same rows by INSERT … SELECT, ${BATCH} a statement, into a table with the seals' indexes`,
      samples: ENTRIES,
    };
  } finally {
    await ground.close();
  }
}

/** As a busy year would leave them: many organizations, long reasons. */
const FILL = `
  INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role,
    target_type, target_id, target_label, source, ip, user_agent, request_id, meta)
  SELECT md5('org ' || n % ${ORGS})::uuid, 'run.cancelled', date_trunc('milliseconds', clock_timestamp()), 'user',
    md5('person ' || n % 30)::uuid, 'Ada Support', 'ada@example.com', 'support', 'run', uuidv7(),
    'runflow/background-removal', 'dashboard', '203.0.113.7',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36',
    'req_' || uuidv7(), jsonb_build_object('reason', 'Stuck for ten minutes, the customer asks in #' || n, 'ticket', '#' || n,
      'status_before', 'running', 'status_after', 'canceled')
  FROM generate_series($1::int, $2::int) n`;

async function measureSealing({ owner, workerUrl }: Ground): Promise<number> {
  for (let first = 1; first <= ENTRIES; first += PER_STATEMENT)
    await owner.query(FILL, [first, Math.min(first + PER_STATEMENT - 1, ENTRIES)]);
  console.log(`${ENTRIES} entries wait for their seals`);
  const worker = await startWorker(workerUrl, { LOG_LEVEL: "info" });
  const waiting = async () => (await owner.query("SELECT FROM audit_unsealed LIMIT 1")).rowCount;
  while ((await waiting()) !== 0) await setTimeout(500);
  await worker.stop();
  // The first batch is not timed: what it took before is not known.
  const { rows } = await owner.query<{ per_second: number }>(
    `SELECT (count(*) - ${BATCH}) / extract(epoch FROM max(sealed_at) - min(sealed_at))::float8 AS per_second FROM audit_seals`,
  );
  return rows[0]!.per_second;
}

async function measureInserting(owner: pg.Pool): Promise<number> {
  await owner.query("CREATE TABLE plain_seals (LIKE audit_seals INCLUDING ALL)");
  const startedAt = performance.now();
  for (let first = 1; first <= ENTRIES; first += BATCH)
    await owner.query(
      "INSERT INTO plain_seals SELECT * FROM audit_seals WHERE position >= $1 AND position < $2",
      [first, first + BATCH],
    );
  return (ENTRIES / (performance.now() - startedAt)) * 1_000;
}
