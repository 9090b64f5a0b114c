import { setTimeout } from "node:timers/promises";
import { PROVIDER_SIGNATURE_HEADER } from "@/lib/contract/provider";
import { log } from "@/lib/platform/log";
import { signProviderRequest } from "@/lib/runs/provider-signature";
import { RUN_STATUSES } from "@/lib/states/run";
import type { Api } from "./api";
import { findWork, type OpenRun, TAKEN_UP_WITHIN_MS } from "./find-work";
import { type PlannedEvent, planRun } from "./plan-run";

const LOOK_EVERY_MS = 1_000;
/** The limit of concurrent runs; others stay queued, as at a busy provider. */
const CAPACITY = 400;
/** A run seen this soon after its creation started right then; otherwise it starts when it is seen. */
const PROMPT_MS = 3_000;

type Desk = { api: Api; secret: string; stop: AbortSignal };

/** Executes the runs of the keys' organizations until stopped, and never checks for cancels. */
export async function playProvider(desk: Desk, keys: string[]): Promise<void> {
  /** Started runs, so that each starts once; forgets runs that are too old to be found again. */
  const taken = new Map<string, number>();
  let active = 0;
  const look = async (key: string): Promise<void> => {
    for (const run of await findWork(desk.api, key)) {
      if (taken.has(run.id) || active >= CAPACITY) continue;
      taken.set(run.id, Date.now());
      active++;
      perform(desk, run)
        .catch(
          (error: unknown) =>
            desk.stop.aborted || log.error({ err: error, run_id: run.id }, "a run was abandoned"),
        )
        .finally(() => active--);
    }
  };
  while (!desk.stop.aborted) {
    await Promise.all(keys.map((key) => look(key).catch((error: unknown) => complain(desk, error))));
    for (const [id, since] of taken) if (since < Date.now() - 2 * TAKEN_UP_WITHIN_MS) taken.delete(id);
    await setTimeout(LOOK_EVERY_MS, undefined, { signal: desk.stop });
  }
}

let lastComplaint = "";

/** Logged once, not every second: a refused key stays refused. */
function complain({ stop }: Desk, error: unknown): void {
  const reason = String(error);
  if (!stop.aborted && reason !== lastComplaint) log.warn({ reason }, "runs could not be listed");
  lastComplaint = reason;
}

/** Sends the planned reports at their times; skips those that an earlier simulator has sent. */
async function perform(desk: Desk, run: OpenRun): Promise<void> {
  const seenAt = Date.now();
  const createdAt = Date.parse(run.created_at);
  const isWaiting = run.status_code === "queued" && seenAt - createdAt > PROMPT_MS;
  const beganAt = isWaiting ? seenAt : createdAt;
  const reached = RUN_STATUSES.indexOf(run.status_code);
  for (const event of planRun(run)) {
    if (RUN_STATUSES.indexOf(event.content.status_code) <= reached) continue;
    const pauseMs = beganAt + event.sentMs - Date.now();
    if (pauseMs > 0) await setTimeout(pauseMs, undefined, { signal: desk.stop });
    await report(desk, run.id, event, new Date(Math.max(beganAt + event.happensMs, createdAt)));
  }
}

async function report(
  { api, secret }: Desk,
  runId: string,
  { content }: PlannedEvent,
  occurredAt: Date,
): Promise<void> {
  const path = `/v1/provider/runs/${runId}/events`;
  const body = JSON.stringify({ ...content, occurred_at: occurredAt.toISOString() });
  const answer = await api.send(path, () => {
    // Signed again for each attempt, because a signature is valid for only five minutes.
    const signature = signProviderRequest(secret, { method: "POST", path, body }, Date.now());
    return {
      method: "POST",
      headers: { "Content-Type": "application/json", [PROVIDER_SIGNATURE_HEADER]: signature },
      body,
    };
  });
  if (answer.status !== 200)
    log.warn({ run_id: runId, status: answer.status, answer: answer.body }, "an event was refused");
}
