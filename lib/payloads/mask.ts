import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import type { Run } from "@/lib/contract/runs";
import { isRawNumber, parseJson, stringifyJson } from "@/lib/platform/json/json";

/** Replaces each value; the console recognizes it. */
export const MASK = "•••";

/** Masks every value, and keeps names and structure. */
export function maskValue(value: unknown): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value !== "object" || isRawNumber(value)) return MASK;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, maskValue(part)]));
}

/** The customer's own data; the rest of a run is the platform's. */
const PAYLOADS = ["input", "output", "metadata"] as const;

export function maskRun<R extends Partial<Run>>(run: R): R {
  const masked = PAYLOADS.filter((name) => run[name] !== undefined).map((name) => [
    name,
    maskValue(run[name]),
  ]);
  return { ...run, ...Object.fromEntries(masked) };
}

/** A delivery's body repeats its run's output and metadata; a receiver's response may echo them. */
export function maskDelivery(delivery: DeliveryWithAttempts): DeliveryWithAttempts {
  const body = parseJson(delivery.body) as Record<string, unknown>;
  const masked = { ...body, output: maskValue(body["output"]), metadata: maskValue(body["metadata"]) };
  const attempts = delivery.attempts.map((attempt) => ({
    ...attempt,
    response_body: attempt.response_body && MASK,
  }));
  return { ...delivery, body: stringifyJson(masked), attempts };
}
