import { setTimeout } from "node:timers/promises";
import { callbackUrlOf } from "@/demo/seed/customers";
import { DEMO_MODELS } from "@/demo/seed/models";
import { DEMO_ORGANIZATIONS } from "@/demo/seed/organizations";
import { createRandom, type Random } from "@/demo/seed/random";
import { makeInput } from "@/demo/seed/work";
import type { DemoCustomer } from "@/demo/start/customers";
import { stringifyJson } from "@/lib/platform/json/json";
import { log } from "@/lib/platform/log";
import type { Api } from "./api";

/** The chance of an accidental resend, the duplicates that support has to cancel. */
const SENT_TWICE = 0.04;

/** The share of runs with a callback URL. */
const CALLED_BACK = 0.8;

type Shop = { api: Api; origin: string; runsPerMinute: number; stop: AbortSignal };

/** Creates runs at irregular intervals, like customers, until stopped. */
export async function playCustomers(
  { api, origin, runsPerMinute, stop }: Shop,
  customers: readonly DemoCustomer[],
): Promise<void> {
  if (runsPerMinute === 0) return;
  const random = createRandom(String(Date.now()));
  const busy = customers.map((customer) => ({ customer, weight: weightOf(customer) }));
  while (!stop.aborted) {
    const pauseMs = (-Math.log(1 - random.next()) * 60_000) / runsPerMinute;
    await setTimeout(pauseMs, undefined, { signal: stop });
    const { customer } = random.weighted(busy);
    const request = makeRequest(random, callbackUrlOf(origin, customer.slug));
    const times = random.chance(SENT_TWICE) ? 2 : 1;
    for (let sent = 0; sent < times; sent++) await createRun(api, customer, request);
  }
}

const weightOf = ({ slug }: DemoCustomer): number =>
  DEMO_ORGANIZATIONS.find((organization) => organization.slug === slug)?.weight ?? 1;

function makeRequest(random: Random, callbackUrl: string): { path: string; body: string } {
  const model = random.weighted(DEMO_MODELS);
  const body = {
    input: makeInput(model, random),
    ...(random.chance(0.7) && { client_ref: `order-${random.int(10_000, 99_999)}` }),
    ...(random.chance(CALLED_BACK) && { callback_url: callbackUrl }),
    ...(random.chance(0.5) && {
      metadata: { campaign: random.pick(["autumn-drop", "evergreen", "relaunch"]) },
    }),
  };
  return { path: `/v1/models/${model.slug}/runs`, body: stringifyJson(body) };
}

/** Each customer's last refusal. */
const refusals = new Map<string, number>();

/** Logs a refusal once until something changes: a customer without credit keeps retrying. */
async function createRun(
  api: Api,
  { slug, key }: DemoCustomer,
  { path, body }: { path: string; body: string },
): Promise<void> {
  const headers = { Authorization: `Bearer ${key.text}`, "Content-Type": "application/json" };
  const { status, body: answer } = await api.send(path, () => ({ method: "POST", headers, body }));
  if (status === 201) return void refusals.delete(slug);
  if (refusals.get(slug) !== status)
    log.warn({ customer: slug, path, status, answer }, "a run was refused; repeats are not logged");
  refusals.set(slug, status);
}
