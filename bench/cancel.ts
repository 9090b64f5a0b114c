import { setInterval } from "node:timers/promises";
import autocannon, { type Request, type Result } from "autocannon";
import type { BenchReport } from "./run";
import { fillRuns, type Ground, median, openGround, round } from "./ground";

const CONNECTIONS = 16;
const WARM_UP_ROUNDS = 3;
const ROUNDS = 7;
const CANCELS_PER_ROUND = 3_000;
const HEALTH_PER_ROUND = 6_000;
/** autocannon notices its own end only at a tick; with its usual second the durations would be rounded up to seconds. */
const TICK_MS = 20;
const STEADY_RATE = 50;
const STEADY_SECONDS = 20;

/**
 * Cancellations per second against empty answers (`GET /v1/health`) of the same server, in turns, so that whatever else
 * the machine does falls on both. Then the latency of cancels that arrive at a steady rate.
 */
export default async function cancel(): Promise<BenchReport> {
  const ground = await openGround();
  try {
    await fillRuns(ground, 100_000, 0.6);
    const { rows } = await ground.owner.query<{ id: string }>(
      "SELECT id FROM runs WHERE status_code = 'queued'",
    );
    const ids = rows.map(({ id }) => id);
    // The first ten thousand requests run code that the engine has not optimized yet.
    for (let turn = 1; turn <= WARM_UP_ROUNDS; turn++) {
      await measureHealth(ground);
      await measureCancels(ground, ids);
    }
    const health: number[] = [];
    const cancels: number[] = [];
    for (let turn = 1; turn <= ROUNDS; turn++) {
      health.push(await measureHealth(ground));
      cancels.push(await measureCancels(ground, ids));
      console.log(
        `round ${turn}: ${health.at(-1)!.toFixed(0)} health/s, ${cancels.at(-1)!.toFixed(0)} cancels/s`,
      );
    }
    const steady = await cancelSteadily(ground, ids);
    const figures = {
      cancels_per_s: round(median(cancels), 0),
      health_per_s: round(median(health), 0),
      ratio: round(median(cancels.map((value, turn) => value / health[turn]!)), 3),
      p50_ms: round(steady[Math.floor(steady.length * 0.5)]!, 2),
      p99_ms: round(steady[Math.floor(steady.length * 0.99)]!, 2),
    };
    return {
      figures,
      yardstick: "GET /v1/health of the same server, 16 connections",
      samples: ROUNDS * CANCELS_PER_ROUND,
    };
  } finally {
    await ground.close();
  }
}

const BODY = JSON.stringify({ reason: "customer ticket #4821 - duplicate submission" });
const headersOf = (key: string) => ({ Authorization: `Bearer ${key}`, "Content-Type": "application/json" });

const perSecond = ({ requests, duration }: Result): number => requests.total / duration;

async function measureHealth({ server }: Ground): Promise<number> {
  const url = `${server.baseUrl}/v1/health`;
  return perSecond(
    await autocannon({ url, connections: CONNECTIONS, amount: HEALTH_PER_ROUND, sampleInt: TICK_MS }),
  );
}

async function measureCancels(ground: Ground, ids: string[]): Promise<number> {
  const load = { connections: CONNECTIONS, amount: CANCELS_PER_ROUND, sampleInt: TICK_MS };
  return perSecond(await send(ground, ids, load));
}

/** One cancel every 20 ms, whether or not the earlier ones are answered: as callers come, who don't wait for each other. */
async function cancelSteadily({ server, key }: Ground, ids: string[]): Promise<number[]> {
  const times: number[] = [];
  const under: Promise<void>[] = [];
  const cancelOne = async () => {
    const startedAt = performance.now();
    const url = `${server.baseUrl}/v1/admin/runs/${ids.pop()}/cancellation`;
    const response = await fetch(url, { method: "POST", headers: headersOf(key), body: BODY });
    await response.arrayBuffer();
    if (response.status !== 201) throw new Error(`A cancel was answered ${response.status}.`);
    times.push(performance.now() - startedAt);
  };
  for await (const _tick of setInterval(1000 / STEADY_RATE)) {
    under.push(cancelOne());
    if (under.length === STEADY_RATE * STEADY_SECONDS) break;
  }
  await Promise.all(under);
  return times.sort((a, b) => a - b);
}

/** Every request cancels a run of its own. @throws when anything but 201 is answered */
async function send(
  { server, key }: Ground,
  ids: string[],
  load: Partial<autocannon.Options>,
): Promise<Result> {
  const setupRequest = (request: Request): Request => ({
    ...request,
    path: `/v1/admin/runs/${ids.pop()}/cancellation`,
  });
  const requests: Request[] = [{ method: "POST", headers: headersOf(key), body: BODY, setupRequest }];
  const result = await autocannon({ url: server.baseUrl, requests, ...load });
  if (result.non2xx > 0 || result.errors > 0 || Object.keys(result.statusCodeStats ?? {}).join() !== "201") {
    throw new Error(
      `Cancels were answered ${JSON.stringify(result.statusCodeStats)}, ${result.errors} errors.`,
    );
  }
  return result;
}
