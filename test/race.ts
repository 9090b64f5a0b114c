import type pg from "pg";
import { signProviderEvent } from "@/lib/runs/provider-signature";
import { PROVIDER_STATUSES, type RunStatus } from "@/lib/states/run";
import { makeRun, type Fixture } from "./fixture";
import { readQueuedEffects } from "./queued-effects";
import { TEST_PROVIDER_SECRET } from "./server";

export type RaceEnv = { owner: pg.Pool; fixture: Fixture; baseUrls: string[]; keys: string[] };

export type RaceResult = {
  winner: "cancel" | "provider";
  /** Broken invariants in words; empty if the run agrees with all responses. */
  violations: string[];
};

type Answer = { status: number; text: string; requestId: string | null; reason: string };

const START_STATUSES: RunStatus[] = ["queued", "dispatching", "running"];
const ENDS = PROVIDER_STATUSES.filter((status) => status !== "dispatching" && status !== "running");

/**
 * One run, many concurrent cancels over every server and key, and the provider's final event somewhere among
 * them.
 * @param seed decides the run's status and when (or whether) the provider reports
 */
export async function raceOnce(env: RaceEnv, seed: number, callers: number): Promise<RaceResult> {
  const pick = (salt: number, size: number) => Math.floor(fraction(seed * 31 + salt) * size);
  const runId = await makeRun(env.owner, env.fixture, { status: START_STATUSES[pick(1, 3)]! });
  // The provider stays silent, comes first, or lands among the cancels: four seeds cover both outcomes.
  const turn = seed % 4;
  const speaksAt = turn === 0 ? -1 : turn === 1 ? 0 : pick(3, callers);
  const end = ENDS[pick(4, ENDS.length)]!;

  const cancels: Promise<Answer>[] = [];
  let word: Promise<number> | undefined;
  for (let place = 0; place < callers; place++) {
    const baseUrl = env.baseUrls[place % env.baseUrls.length]!;
    if (place === speaksAt) word = reportEnd(baseUrl, runId, end, seed);
    if (turn === 1) await word;
    cancels.push(cancel(baseUrl, runId, env.keys[place % env.keys.length]!, `race ${seed}, caller ${place}`));
  }
  const answers = await Promise.all(cancels);
  return judge(env, runId, answers, await word);
}

async function cancel(baseUrl: string, runId: string, key: string, reason: string): Promise<Answer> {
  const response = await fetch(`${baseUrl}/v1/admin/runs/${runId}/cancellation`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ reason }),
  });
  const requestId = response.headers.get("Runflow-Request-Id");
  return { status: response.status, text: await response.text(), requestId, reason };
}

/** The provider's final event. */
export async function reportEnd(
  baseUrl: string,
  runId: string,
  status: RunStatus,
  seed: number,
): Promise<number> {
  const body = JSON.stringify({
    event_id: `race-${seed}-${runId}`,
    status_code: status,
    occurred_at: new Date().toISOString(),
    ...(status !== "failed" && { output: { outputs: [] } }),
  });
  const headers = { "Runflow-Signature": signProviderEvent(TEST_PROVIDER_SECRET, body) };
  const response = await fetch(`${baseUrl}/v1/provider/runs/${runId}/events`, {
    method: "POST",
    headers,
    body,
  });
  return response.status;
}

async function judge(
  { owner, baseUrls, keys }: RaceEnv,
  runId: string,
  answers: Answer[],
  providerStatus: number | undefined,
): Promise<RaceResult> {
  const violations: string[] = [];
  const expect = (isSo: boolean, sentence: string) => void (isSo || violations.push(sentence));
  const read = await fetch(`${baseUrls[0]}/v1/runs/${runId}`, {
    headers: { Authorization: `Bearer ${keys[0]}` },
  });
  const final = await read.text();
  const status = (JSON.parse(final) as { status_code: RunStatus }).status_code;
  const entries = await owner.query<{ meta: { reason: string }; request_id: string }>(
    "SELECT meta, request_id FROM audit_entries WHERE target_id = $1",
    [runId],
  );
  const jobs = await readQueuedEffects(owner, runId);
  const ledger = await owner.query<{ outcome: string }>(
    "SELECT outcome FROM provider_events WHERE run_id = $1",
    [runId],
  );
  const won = answers.filter((answer) => answer.status === 201);
  const late = answers.filter((answer) => answer.status === 200);

  const winner = status === "canceled" ? "cancel" : "provider";
  const once = winner === "cancel" ? 1 : 0;
  expect(won.length === once, `${won.length} responses of 201 for a run that is ${status}`);
  expect(entries.rowCount === once, `${entries.rowCount} audit entries for a run that is ${status}`);
  expect(jobs.length === once, `${jobs.length} jobs for a run that is ${status}`);
  // On a busy machine a caller may outwait the lock timeout: a 503 says that nothing was changed.
  const gaveUp = answers.filter(({ status, text }) => status === 503 && text.includes("nothing was changed"));
  expect(
    won.length + late.length + gaveUp.length === answers.length,
    "a response that is neither 201 nor 200",
  );
  expect(late.length > 0, "no caller learned of the end");
  expect(providerStatus === undefined || providerStatus === 200, `the provider got ${providerStatus}`);
  expect(ledger.rowCount === (providerStatus === undefined ? 0 : 1), `${ledger.rowCount} rows in the ledger`);
  const outcome = winner === "cancel" ? "dropped_terminal" : "applied";
  expect(
    ledger.rows.every((row) => row.outcome === outcome),
    `the ledger says ${ledger.rows[0]?.outcome}`,
  );
  expect(
    [...won, ...late].every((answer) => answer.text === final),
    "a response shows another run",
  );
  const [entry] = entries.rows;
  const isTrue =
    !entry ||
    won.some((answer) => answer.reason === entry.meta.reason && answer.requestId === entry.request_id);
  expect(isTrue, "the audit entry names another request than the 201");
  return { winner, violations };
}

/** A number in [0, 1) that depends on the seed alone. */
function fraction(seed: number): number {
  const mixed = Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d);
  return ((Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
