import { setTimeout } from "node:timers/promises";
import type pg from "pg";
import { startWorker } from "@/test/worker";
import { fillYear, measureExport, measurePages, measureSearch, SMALL_CONTAINER } from "./audit-reading";
import { measureVerify } from "./audit-verify";
import { type BenchEnv, openBenchEnv, round } from "./bench-env";
import type { BenchReport } from "./bench-report";

/**
 * Smaller values are only for trying it out; the 1,000th page and the small export need a little over
 * 100,000.
 */
const ENTRIES = Number(process.env["AUDIT_BENCH_ENTRIES"] || 1_000_000);
const BATCH = 1_000;

/**
 * How many entries per second one worker seals from a year's backlog. Baseline: plain INSERT … SELECT of the
 * same rows, in batches of the same size, into a table with the seals' indexes. Then verifies, pages,
 * searches and exports that trail.
 */
export default async function audit(): Promise<BenchReport> {
  const benchEnv = await openBenchEnv(SMALL_CONTAINER);
  try {
    await fillYear(benchEnv, ENTRIES);
    console.log(`${ENTRIES} entries waiting to be sealed`);
    const sealPerSecond = await measureSealing(benchEnv);
    const plainPerSecond = await measureInserting(benchEnv.owner);
    console.log(`${sealPerSecond.toFixed(0)} seals/s, ${plainPerSecond.toFixed(0)} plain rows/s`);
    await benchEnv.owner.query("VACUUM ANALYZE audit_seals, audit_entries, audit_unsealed");
    return {
      figures: {
        seal_per_s: round(sealPerSecond, 0),
        plain_rows_per_s: round(plainPerSecond, 0),
        seal_ratio: round(sealPerSecond / plainPerSecond, 3),
        ...(await measureVerify(benchEnv)),
        ...(await measurePages(benchEnv)),
        ...(await measureSearch(benchEnv)),
        ...(await measureExport(benchEnv)),
      },
      yardstick: `seals: the same rows by INSERT … SELECT, ${BATCH} a statement, into a table with the seals' indexes`,
      samples: ENTRIES,
    };
  } finally {
    await benchEnv.close();
  }
}

async function measureSealing({ owner, workerUrl }: BenchEnv): Promise<number> {
  const worker = await startWorker(workerUrl, { LOG_LEVEL: "info" });
  const waiting = async () => (await owner.query("SELECT FROM audit_unsealed LIMIT 1")).rowCount;
  while ((await waiting()) !== 0) await setTimeout(500);
  await worker.stop();
  // The first batch isn't timed, because it includes the worker's start.
  const { rows } = await owner.query<{ per_second: number }>(
    `SELECT (count(*) - ${BATCH}) / extract(epoch FROM max(sealed_at) - min(sealed_at))::float8 AS per_second FROM audit_seals`,
  );
  return rows[0]!.per_second;
}

async function measureInserting(owner: pg.Pool): Promise<number> {
  await owner.query("CREATE TABLE plain_seals (LIKE audit_seals INCLUDING ALL)");
  const startedAt = performance.now();
  for (let first = 1; first <= ENTRIES; first += BATCH) {
    await owner.query(
      "INSERT INTO plain_seals SELECT * FROM audit_seals WHERE position >= $1 AND position < $2",
      [first, first + BATCH],
    );
  }
  return (ENTRIES / (performance.now() - startedAt)) * 1_000;
}
