import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { Agent, request } from "undici";
import { signBody } from "@/lib/platform/outbound/sign-body";
import { endRuns, makeCallbackSecret } from "@/test/deliveries";
import { startWorker } from "@/test/worker";
import { fillRuns, type BenchEnv, median, openBenchEnv, round } from "./bench-env";
import type { BenchReport } from "./bench-report";

const ROUNDS = 5;
const WARM_UP_ROUNDS = 2;
const PER_ROUND = 5_000;
const ENDPOINTS = 20;
const IN_FLIGHT_PER_ENDPOINT = 4;
const SECRET = "rf_whs_of_the_benchmark";

/**
 * Deliveries per second by one worker to several loopback endpoints, four in flight each. Baseline: plain
 * undici with the same POSTs and concurrency, interleaved, to the same receiver.
 */
export default async function deliveries(): Promise<BenchReport> {
  const benchEnv = await openBenchEnv();
  const receiver = spawn(
    process.execPath,
    ["--import", "tsx", path.resolve("bench/receiver.ts"), String(ENDPOINTS)],
    {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  try {
    const [{ ports }] = (await once(receiver, "message")) as [{ ports: number[] }];
    const urls = ports.map((port) => `http://127.0.0.1:${port}/hook`);
    await makeCallbackSecret(benchEnv.owner, benchEnv.fixture.orgId, SECRET);
    const total = (ROUNDS + WARM_UP_ROUNDS) * PER_ROUND;
    await fillRuns(benchEnv, total, 0);
    await benchEnv.owner.query(
      `UPDATE runs SET callback_url = ($1::text[])[1 + substring(request_id FROM 5)::int % ${ENDPOINTS}]`,
      [urls],
    );
    const { rows } = await benchEnv.owner.query<{ id: string }>("SELECT id FROM runs");
    const ids = rows.map(({ id }) => id);
    const worker = await startWorker(benchEnv.workerUrl, { LOG_LEVEL: "info" });
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let turn = 1; turn <= WARM_UP_ROUNDS + ROUNDS; turn++) {
      const byBare = await measureBare(receiver, urls, benchEnv);
      const byWorker = await measureWorker(receiver, benchEnv, ids.splice(0, PER_ROUND));
      console.log(`round ${turn}: ${byBare.toFixed(0)} POSTs/s, ${byWorker.toFixed(0)} deliveries/s`);
      if (turn <= WARM_UP_ROUNDS) continue;
      bare.push(byBare);
      ours.push(byWorker);
    }
    await worker.stop();
    return {
      figures: {
        deliveries_per_s: round(median(ours), 0),
        bare_posts_per_s: round(median(bare), 0),
        ratio: round(median(ours.map((value, turn) => value / bare[turn]!)), 3),
      },
      yardstick: `plain undici, the same POSTs to the same receiver, ${ENDPOINTS * IN_FLIGHT_PER_ENDPOINT} at once`,
      samples: ROUNDS * PER_ROUND,
    };
  } finally {
    receiver.kill();
    await benchEnv.close();
  }
}

const timeOf = async (receiver: ChildProcess): Promise<number> => {
  const [{ ms }] = (await once(receiver, "message")) as [{ ms: number }];
  return (PER_ROUND / ms) * 1_000;
};

async function measureWorker(receiver: ChildProcess, { owner }: BenchEnv, ids: string[]): Promise<number> {
  receiver.send(PER_ROUND);
  const time = timeOf(receiver);
  await endRuns(owner, ids);
  const perSecond = await time;
  const settled = async () => {
    const { rows } = await owner.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM deliveries WHERE state <> 'delivered'",
    );
    return rows[0]!.count === 0;
  };
  while (!(await settled())) await setTimeout(20);
  return perSecond;
}

async function measureBare(receiver: ChildProcess, urls: string[], { owner }: BenchEnv): Promise<number> {
  const { rows } = await owner.query<{ body: string }>(
    `SELECT delivery_body('run.failed', id, 'failed', NULL, 0, created_at, created_at, metadata) AS body FROM runs LIMIT 1`,
  );
  const { body } = rows[0]!;
  const agent = new Agent({ connections: 64 });
  receiver.send(PER_ROUND);
  const time = timeOf(receiver);
  let left = PER_ROUND;
  const post = async (_: unknown, n: number) => {
    const url = urls[n % ENDPOINTS]!;
    while (left-- > 0) {
      const response = await request(url, {
        method: "POST",
        dispatcher: agent,
        body,
        headers: {
          "Content-Type": "application/json; charset=utf-8",
          "User-Agent": "Runflow-Callbacks/1.0",
          "Runflow-Request-Id": "01980000-0000-7000-8000-000000000000",
          "Runflow-Signature": signBody(SECRET, body),
        },
      });
      await response.body.text();
    }
  };
  await Promise.all(Array.from({ length: ENDPOINTS * IN_FLIGHT_PER_ENDPOINT }, post));
  const perSecond = await time;
  await agent.close();
  return perSecond;
}
