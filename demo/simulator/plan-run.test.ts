import { describe, expect, it } from "vitest";
import { DEMO_MODELS } from "@/demo/seed/models";
import { createRandom } from "@/demo/seed/random";
import { ProviderEventBody } from "@/lib/contract/provider";
import { isTerminal } from "@/lib/states/run";
import { planRun } from "./plan-run";

const random = createRandom("runs to plan");
const runs = Array.from({ length: 3_000 }, () => ({
  id: random.uuid(1.7e12),
  model: random.pick(DEMO_MODELS).slug,
  input: {},
}));
const plans = runs.map(planRun);
const share = (matches: (plan: ReturnType<typeof planRun>) => boolean): number =>
  plans.filter(matches).length / plans.length;
const ends = (plan: ReturnType<typeof planRun>) =>
  plan.filter(({ content }) => isTerminal(content.status_code));

describe("simulated provider reports", () => {
  it("derive from the run ID: a second simulator continues with the same events", () => {
    expect(runs.map(planRun)).toEqual(plans);
  });

  it("match the API contract", () => {
    const occurred_at = new Date().toISOString();
    const bodies = plans.flat().map(({ content }) => ({ ...content, occurred_at }));
    expect(bodies.filter((body) => !ProviderEventBody.safeParse(body).success)).toEqual([]);
  });

  it("are sent in order, never before they happen", () => {
    for (const plan of plans) {
      expect(plan.map(({ sentMs }) => sentMs)).toEqual(
        plan.map(({ sentMs }) => sentMs).sort((a, b) => a - b),
      );
      expect(plan.every(({ happensMs, sentMs }) => sentMs >= happensMs)).toBe(true);
    }
  });

  it("succeed, fail, partly succeed and hang in realistic shares", () => {
    const endsAs = (status: string) => share((plan) => ends(plan)[0]?.content.status_code === status);
    expect(endsAs("succeeded")).toBeGreaterThan(0.85);
    expect(endsAs("failed")).toBeGreaterThan(0.03);
    expect(endsAs("partial_succeeded")).toBeGreaterThan(0.01);
    expect(share((plan) => ends(plan).length === 0)).toBeGreaterThan(0.005);
  });

  it("are sometimes late, repeated and out of order", () => {
    const isOutOfOrder = (plan: ReturnType<typeof planRun>) => {
      const running = plan.findIndex(({ content }) => content.status_code === "running");
      return plan.slice(0, running).some(({ content }) => isTerminal(content.status_code));
    };
    expect(share((plan) => plan.some(({ happensMs, sentMs }) => sentMs - happensMs > 8_000))).toBeGreaterThan(
      0.02,
    );
    expect(
      share((plan) => new Set(plan.map(({ content }) => content.event_id)).size < plan.length),
    ).toBeGreaterThan(0.03);
    expect(share(isOutOfOrder)).toBeGreaterThan(0.02);
  });

  it("match the model's latency", () => {
    for (const { slug, p50Ms, p95Ms } of DEMO_MODELS) {
      const times = runs
        .flatMap((run, n) => (run.model === slug ? (ends(plans[n]!)[0]?.happensMs ?? []) : []))
        .sort((a, b) => a - b);
      expect(times[Math.floor(times.length / 2)]! / p50Ms).toBeGreaterThan(0.7);
      expect(times[Math.floor(times.length / 2)]! / p50Ms).toBeLessThan(1.4);
      expect(times[Math.floor(times.length * 0.95)]! / p95Ms).toBeLessThan(1.6);
    }
  });
});
