import type { DemoModel } from "./models";
import type { Random } from "./random";

/** A run's steps, each in ms after its creation. */
export type Course = { dispatchedMs: number; startedMs: number; endedMs: number };

/** Log-normal around the model's published latency, cut off at implausible values. */
export function makeCourse({ p50Ms, p95Ms }: DemoModel, random: Random): Course {
  const endedMs = Math.min(Math.max(900, Math.round(random.logNormal(p50Ms, p95Ms))), p95Ms * 4);
  const dispatchedMs = Math.round(endedMs * (0.02 + 0.06 * random.next()));
  return {
    endedMs,
    dispatchedMs,
    startedMs: dispatchedMs + Math.round(endedMs * (0.03 + 0.1 * random.next())),
  };
}
