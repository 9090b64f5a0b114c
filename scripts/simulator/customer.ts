import { setTimeout } from "node:timers/promises";
import { stringifyJson } from "@/lib/json";
import { log } from "@/lib/log";
import { DEMO_MODELS } from "@/prisma/demo/models";
import { createRandom, type Random } from "@/prisma/demo/random";
import { makeInput } from "@/prisma/demo/work";
import type { Api } from "./api";

/** Now and then somebody's retry sends the same thing again: what support is later asked to cancel. */
const SENT_TWICE = 0.04;

/** Creates runs as customers do, at irregular moments, until it is stopped. */
export async function playCustomers(
  api: Api,
  keys: string[],
  runsPerMinute: number,
  stop: AbortSignal,
): Promise<void> {
  if (runsPerMinute === 0) return;
  const random = createRandom(String(Date.now()));
  while (!stop.aborted) {
    const pauseMs = (-Math.log(1 - random.next()) * 60_000) / runsPerMinute;
    await setTimeout(pauseMs, undefined, { signal: stop });
    const request = makeRequest(random);
    const key = random.pick(keys);
    const times = random.chance(SENT_TWICE) ? 2 : 1;
    for (let sent = 0; sent < times; sent++) await createRun(api, key, request);
  }
}

function makeRequest(random: Random): { path: string; body: string } {
  const model = random.weighted(DEMO_MODELS);
  const body = {
    input: makeInput(model, random),
    ...(random.chance(0.7) && { client_ref: `order-${random.int(10_000, 99_999)}` }),
    ...(random.chance(0.5) && {
      metadata: { campaign: random.pick(["autumn-drop", "evergreen", "relaunch"]) },
    }),
  };
  return { path: `/v1/models/${model.slug}/runs`, body: stringifyJson(body) };
}

async function createRun(
  api: Api,
  key: string,
  { path, body }: { path: string; body: string },
): Promise<void> {
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
  const answer = await api.send(path, () => ({ method: "POST", headers, body }));
  if (answer.status !== 201)
    log.warn({ path, status: answer.status, answer: answer.body }, "a run was not taken");
}
