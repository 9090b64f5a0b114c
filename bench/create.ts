import autocannon, { type Result } from "autocannon";
import { makeKey } from "@/test/credentials";
import { type BenchEnv, median, openBenchEnv, round } from "./bench-env";
import type { BenchReport } from "./bench-report";

const CONNECTIONS = 16;
const WARM_UP_ROUNDS = 6;
const ROUNDS = 21;
const CREATES_PER_ROUND = 1_000;
const HEALTH_PER_ROUND = 2_000;
/** autocannon ends only at a tick; its default of a second would round up the durations. */
const TICK_MS = 20;

/**
 * Runs created per second over HTTP with a customer's key. Baseline: empty responses (`GET /v1/health`) of
 * the same server, interleaved, so that other load on the machine affects both.
 */
export default async function create(): Promise<BenchReport> {
  const benchEnv = await openBenchEnv();
  try {
    const { orgId, customer } = benchEnv.fixture;
    const { headers } = await makeKey(benchEnv.owner, { ownerId: customer.person.id, orgId });
    for (let turn = 1; turn <= WARM_UP_ROUNDS; turn++) {
      await measureHealth(benchEnv);
      await measureCreates(benchEnv, headers);
    }
    const health: number[] = [];
    const creates: number[] = [];
    for (let turn = 1; turn <= ROUNDS; turn++) {
      health.push(await measureHealth(benchEnv));
      creates.push(await measureCreates(benchEnv, headers));
      console.log(
        `round ${turn}: ${health.at(-1)!.toFixed(0)} health/s, ${creates.at(-1)!.toFixed(0)} created/s`,
      );
    }
    const figures = {
      created_per_s: round(median(creates), 0),
      health_per_s: round(median(health), 0),
      ratio: round(median(creates.map((value, turn) => value / health[turn]!)), 3),
    };
    return {
      figures,
      yardstick: "GET /v1/health of the same server, 16 connections",
      samples: ROUNDS * CREATES_PER_ROUND,
    };
  } finally {
    await benchEnv.close();
  }
}

const perSecond = ({ requests, duration }: Result): number => requests.total / duration;

async function measureHealth({ server }: BenchEnv): Promise<number> {
  const url = `${server.baseUrl}/v1/health`;
  return perSecond(
    await autocannon({ url, connections: CONNECTIONS, amount: HEALTH_PER_ROUND, sampleInt: TICK_MS }),
  );
}

/** @throws unless the response is 201 */
async function measureCreates(
  { server, fixture }: BenchEnv,
  headers: Record<string, string>,
): Promise<number> {
  const result = await autocannon({
    url: `${server.baseUrl}/v1/models/${fixture.model}/runs`,
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ input: { prompt: "a red bicycle" } }),
    connections: CONNECTIONS,
    amount: CREATES_PER_ROUND,
    sampleInt: TICK_MS,
  });
  if (result.errors > 0 || Object.keys(result.statusCodeStats ?? {}).join() !== "201") {
    throw new Error(`Creations returned ${JSON.stringify(result.statusCodeStats)}, ${result.errors} errors.`);
  }
  return perSecond(result);
}
