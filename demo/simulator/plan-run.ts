import { makeCourse } from "@/demo/seed/course";
import { DEMO_MODELS, type DemoModel } from "@/demo/seed/models";
import { createRandom, type Random } from "@/demo/seed/random";
import { makeCost, makeEnd, makeFailure, makeOutput } from "@/demo/seed/work";
import type { ProviderStatus } from "@/lib/states/run";

/** A provider report; both times in ms after the work started. */
export type PlannedEvent = {
  happensMs: number;
  /** When it is sent: after it happened, sometimes much later, sometimes twice. */
  sentMs: number;
  content: { event_id: string; status_code: ProviderStatus } & Record<string, unknown>;
};

export type PlannableRun = { id: string; model: string; input: Record<string, unknown> };

/** Of a hundred runs. */
const STUCK = 1.5;
const LATE = 4;
const REPEATED = 6;
const OUT_OF_ORDER = 4;
const UNDISPATCHED = 3;

/**
 * All provider reports of a run, in sending order. Derived from the run's ID alone, so that another simulator
 * can continue with the same event IDs.
 */
export function planRun({ id, model: slug, input }: PlannableRun): PlannedEvent[] {
  const random = createRandom(`provider ${id}`);
  const model = DEMO_MODELS.find((known) => known.slug === slug) ?? makeUnknown(slug);
  const { dispatchedMs, startedMs, endedMs } = makeCourse(model, random);
  const happens = (percent: number): boolean => random.chance(percent / 100);
  const plan = (status_code: ProviderStatus, happensMs: number, fields = {}): PlannedEvent => ({
    happensMs,
    sentMs: happensMs + random.int(20, 250),
    content: { event_id: `evt_${random.hex(24)}`, status_code, ...fields },
  });
  const [dispatching, running] = [plan("dispatching", dispatchedMs), plan("running", startedMs)];
  const status = makeEnd(random);
  const end = plan(status, endedMs, makeResult(model, input, status, random));
  if (happens(STUCK)) return random.pick([[], [dispatching], [dispatching, running], [dispatching, running]]);

  if (happens(LATE)) end.sentMs += random.int(8_000, 60_000);
  if (happens(OUT_OF_ORDER)) running.sentMs = end.sentMs + random.int(200, 4_000);
  const events = happens(UNDISPATCHED) ? [running, end] : [dispatching, running, end];
  if (happens(REPEATED)) {
    const again = random.pick(events);
    events.push({ ...again, sentMs: again.sentMs + random.int(150, 9_000) });
  }
  return events.sort((left, right) => left.sentMs - right.sentMs);
}

function makeResult(
  model: DemoModel,
  input: Record<string, unknown>,
  status: ReturnType<typeof makeEnd>,
  random: Random,
) {
  const failure = status === "succeeded" ? undefined : makeFailure(status === "partial_succeeded", random);
  const share = status === "succeeded" ? 1 : 0.5;
  return {
    ...(status !== "failed" && {
      output: makeOutput(model, input, share, random),
      cost: makeCost(model, random),
    }),
    ...(failure && {
      failure_code: failure.code,
      failure_message: failure.message,
      failure_stage_code: failure.stage,
    }),
  };
}

/** A model that the demo doesn't know behaves like image editing. */
const makeUnknown = (slug: string): DemoModel => ({
  slug,
  kind: "image-to-image",
  price: "0.1",
  p50Ms: 12_000,
  p95Ms: 60_000,
  weight: 0,
});
