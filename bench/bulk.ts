import { readFile, writeFile } from "node:fs/promises";
import pg from "pg";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { startWorker } from "@/test/worker";
import { ask } from "./ask";
import { type BenchEnv, median, openBenchEnv, quantile, round } from "./bench-env";
import type { BenchReport } from "./bench-report";

const ROUNDS = 5;
const RUNS_PER_ROUND = 10_000;
const SET = 500;
const [SMALL, LARGE] = [1_000, 100_000];
const READS = 400;
const PATH = "/v1/admin/cancellation-batches";

/**
 * Runs canceled per second by one worker in a batch. Baseline: the same transitions in plain SQL (update and
 * entry, in sets of 500), with the same triggers, interleaved.
 */
export default async function bulk(): Promise<BenchReport> {
  const benchEnv = await openBenchEnv();
  const worker = await startWorker(benchEnv.workerUrl);
  try {
    const readAlone = await timeReads(benchEnv, await makeRuns(benchEnv, 1), () => false);
    const [plain, batched]: [number[], number[]] = [[], []];
    for (let turn = 1; turn <= ROUNDS; turn++) {
      plain.push(await cancelPlainly(benchEnv, await makeRuns(benchEnv, RUNS_PER_ROUND)));
      batched.push(await cancelBatch(benchEnv, await makeRuns(benchEnv, RUNS_PER_ROUND)));
      console.log(
        `round ${turn}: ${plain.at(-1)!.toFixed(0)} plain/s, ${batched.at(-1)!.toFixed(0)} batched/s`,
      );
    }
    const memorySmall = await measurePeak(worker.pid, async () =>
      cancelBatch(benchEnv, await makeRuns(benchEnv, SMALL)),
    );
    const large = await makeRuns(benchEnv, LARGE);
    const reader = await makeRuns(benchEnv, 1);
    let isRunning = true;
    let largePerSecond = 0;
    const canceling = measurePeak(worker.pid, async () => {
      largePerSecond = await cancelBatch(benchEnv, large);
    }).finally(() => void (isRunning = false));
    const readMeanwhile = await timeReads(benchEnv, reader, () => isRunning);
    const memoryLarge = await canceling;
    return {
      figures: {
        ratio: round(median(batched.map((value, turn) => value / plain[turn]!)), 3),
        canceled_per_s: round(median(batched), 0),
        plain_per_s: round(median(plain), 0),
        canceled_per_s_of_100000: round(largePerSecond, 0),
        read_p95_idle_ms: round(readAlone, 2),
        read_p95_meanwhile_ms: round(readMeanwhile, 2),
        read_p95_ratio: round(readMeanwhile / readAlone, 2),
        worker_peak_mb_1000: round(memorySmall / 1024, 0),
        worker_peak_mb_100000: round(memoryLarge / 1024, 0),
      },
      yardstick: "the same transitions in plain SQL, in sets of 500",
      samples: ROUNDS * RUNS_PER_ROUND,
    };
  } finally {
    await worker.stop();
    await benchEnv.close();
  }
}

async function makeRuns({ owner, fixture }: BenchEnv, count: number): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id, created_by)
     SELECT $1, $2, $3, 'api', 'queued', '{"prompt": "a"}', 'req_' || n, $4 FROM generate_series(1, $5::int) n
     RETURNING id`,
    [fixture.orgId, fixture.modelId, fixture.model, fixture.customer.person.id, count],
  );
  await owner.query("VACUUM ANALYZE runs, audit_entries, cancellation_items");
  return rows.map(({ id }) => id);
}

/** @returns runs per second, from the start to the end of the batch */
async function cancelBatch(benchEnv: BenchEnv, run_ids: string[]): Promise<number> {
  const send = async (method: string, path: string, body?: object) =>
    (await (await ask(benchEnv, path, { method, ...(body && { body }) })).json()) as CancellationBatch;
  const { id } = await send("POST", PATH, { reason: "benchmark", run_ids });
  await send("POST", `${PATH}/${id}/execution`, { expected_count: run_ids.length });
  for (;;) {
    const { state, started_at, ended_at, progress } = await send("GET", `${PATH}/${id}`);
    if (state === "completed") {
      if (progress.canceled !== run_ids.length) throw new Error(`canceled ${JSON.stringify(progress)}`);
      return run_ids.length / ((Date.parse(ended_at!) - Date.parse(started_at!)) / 1_000);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * As the web server's role: some triggers let the owner pass.
 * @returns runs per second
 */
async function cancelPlainly({ appUrl }: BenchEnv, ids: string[]): Promise<number> {
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  const start = performance.now();
  try {
    for (let at = 0; at < ids.length; at += SET) {
      await client.query(
        `WITH r AS (
           UPDATE runs SET status_code = 'canceled', completed_at = date_trunc('milliseconds', clock_timestamp()),
             duration_ms = 1
           WHERE id = ANY($1) RETURNING id, org_id, model, completed_at)
         INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
           target_label, source, request_id, meta)
         SELECT org_id, 'run.cancelled', completed_at, 'user', org_id, 'Bench', 'run', id, model, 'api', 'req',
           '{"reason": "benchmark", "ticket": null}' FROM r`,
        [ids.slice(at, at + SET)],
      );
    }
  } finally {
    await client.end();
  }
  return ids.length / ((performance.now() - start) / 1_000);
}

/** @returns the p95 in milliseconds of reads at a steady pace */
async function timeReads(benchEnv: BenchEnv, [id]: string[], isWanted: () => boolean): Promise<number> {
  const times: number[] = [];
  while (times.length < READS || isWanted()) {
    const start = performance.now();
    await (await ask(benchEnv, `/v1/runs/${id}`)).text();
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return quantile(times, 0.95);
}

/** @returns the most memory of a process while it works, in kB */
async function measurePeak(pid: number, work: () => Promise<unknown>): Promise<number> {
  await writeFile(`/proc/${pid}/clear_refs`, "5"); // resets VmHWM
  await work();
  return Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, "utf8"))![1]);
}
