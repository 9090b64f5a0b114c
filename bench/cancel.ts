import { randomUUID } from "node:crypto";
import { setInterval } from "node:timers/promises";
import autocannon, { type Request, type Result } from "autocannon";
import { fillRuns, type BenchEnv, median, openBenchEnv, round } from "./bench-env";
import type { BenchReport } from "./bench-report";

const CONNECTIONS = 16;
const WARM_UP_ROUNDS = 3;
const ROUNDS = 7;
const CANCELS_PER_ROUND = 1_500;
const HEALTH_PER_ROUND = 4_000;
/** autocannon ends only at a tick; its default of a second would round up the durations. */
const TICK_MS = 20;
const STEADY_RATE = 50;
const STEADY_SECONDS = 20;

/**
 * Cancels per second, with an `Idempotency-Key` as the console sends and without. Baseline: empty responses
 * (`GET /v1/health`) of the same server, interleaved, so that other load on the machine affects both. Then
 * the latency of cancels at a steady rate.
 */
export default async function cancel(): Promise<BenchReport> {
  const benchEnv = await openBenchEnv();
  try {
    await fillRuns(benchEnv, 100_000, 0.6);
    const { rows } = await benchEnv.owner.query<{ id: string }>(
      "SELECT id FROM runs WHERE status_code = 'queued'",
    );
    const ids = rows.map(({ id }) => id);
    const measure = async () => ({
      health: await measureHealth(benchEnv),
      keyed: await measureCancels(benchEnv, ids, true),
      plain: await measureCancels(benchEnv, ids, false),
    });
    // The first ten thousand requests run unoptimized code.
    for (let turn = 1; turn <= WARM_UP_ROUNDS; turn++) await measure();
    const rounds: Awaited<ReturnType<typeof measure>>[] = [];
    for (let turn = 1; turn <= ROUNDS; turn++) {
      const speeds = await measure();
      rounds.push(speeds);
      const [health, keyed, plain] = Object.values(speeds).map((speed) => speed.toFixed(0));
      console.log(`round ${turn}: ${health} health/s, ${keyed} cancels/s with a key, ${plain} without`);
    }
    const steady = await cancelSteadily(benchEnv, ids);
    const medianOf = (figure: (speeds: (typeof rounds)[number]) => number) => median(rounds.map(figure));
    const figures = {
      keyed_ratio: round(
        medianOf(({ keyed, health }) => keyed / health),
        3,
      ),
      ratio: round(
        medianOf(({ plain, health }) => plain / health),
        3,
      ),
      keyed_per_s: round(
        medianOf(({ keyed }) => keyed),
        0,
      ),
      cancels_per_s: round(
        medianOf(({ plain }) => plain),
        0,
      ),
      health_per_s: round(
        medianOf(({ health }) => health),
        0,
      ),
      p50_ms: round(steady[Math.floor(steady.length * 0.5)]!, 2),
      p99_ms: round(steady[Math.floor(steady.length * 0.99)]!, 2),
    };
    return {
      figures,
      yardstick: "GET /v1/health of the same server, 16 connections",
      samples: ROUNDS * CANCELS_PER_ROUND * 2,
    };
  } finally {
    await benchEnv.close();
  }
}

const BODY = JSON.stringify({ reason: "customer ticket #4821 - duplicate submission" });
const headersOf = (key: string, isKeyed: boolean) => ({
  Authorization: `Bearer ${key}`,
  "Content-Type": "application/json",
  ...(isKeyed && { "Idempotency-Key": randomUUID() }),
});

const perSecond = ({ requests, duration }: Result): number => requests.total / duration;

async function measureHealth({ server }: BenchEnv): Promise<number> {
  const url = `${server.baseUrl}/v1/health`;
  return perSecond(
    await autocannon({ url, connections: CONNECTIONS, amount: HEALTH_PER_ROUND, sampleInt: TICK_MS }),
  );
}

async function measureCancels(benchEnv: BenchEnv, ids: string[], isKeyed: boolean): Promise<number> {
  const load = { connections: CONNECTIONS, amount: CANCELS_PER_ROUND, sampleInt: TICK_MS };
  return perSecond(await send(benchEnv, ids, isKeyed, load));
}

/** Sends a cancel with a key every 20 ms without waiting for responses, like independent callers. */
async function cancelSteadily({ server, key }: BenchEnv, ids: string[]): Promise<number[]> {
  const times: number[] = [];
  const under: Promise<void>[] = [];
  const cancelOne = async () => {
    const startedAt = performance.now();
    const url = `${server.baseUrl}/v1/admin/runs/${ids.pop()}/cancellation`;
    const response = await fetch(url, { method: "POST", headers: headersOf(key, true), body: BODY });
    await response.arrayBuffer();
    if (response.status !== 201) throw new Error(`A cancel returned ${response.status}.`);
    times.push(performance.now() - startedAt);
  };
  for await (const _tick of setInterval(1000 / STEADY_RATE)) {
    under.push(cancelOne());
    if (under.length === STEADY_RATE * STEADY_SECONDS) break;
  }
  await Promise.all(under);
  return times.sort((a, b) => a - b);
}

/**
 * Each request cancels a different run.
 * @throws unless the response is 201
 */
async function send(
  { server, key }: BenchEnv,
  ids: string[],
  isKeyed: boolean,
  load: Partial<autocannon.Options>,
): Promise<Result> {
  const setupRequest = (request: Request): Request => ({
    ...request,
    headers: headersOf(key, isKeyed),
    path: `/v1/admin/runs/${ids.pop()}/cancellation`,
  });
  const requests: Request[] = [{ method: "POST", body: BODY, setupRequest }];
  const result = await autocannon({ url: server.baseUrl, requests, ...load });
  if (result.non2xx > 0 || result.errors > 0 || Object.keys(result.statusCodeStats ?? {}).join() !== "201") {
    throw new Error(`Cancels returned ${JSON.stringify(result.statusCodeStats)}, ${result.errors} errors.`);
  }
  return result;
}
