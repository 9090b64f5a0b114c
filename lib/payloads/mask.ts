import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import type { Run } from "@/lib/contract/runs";
import { isRawNumber, parseJson, stringifyJson } from "@/lib/platform/json/json";

/** What stands in the place of each value; the console knows it by the same sign. */
export const MASK = "•••";

/** A value with its names and its shape, and nothing of what it says. */
export function maskValue(value: unknown): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value !== "object" || isRawNumber(value)) return MASK;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, maskValue(part)]));
}

/** What a customer sent or got; the rest of a run is ours. */
const PAYLOADS = ["input", "output", "metadata"] as const;

export function maskRun<R extends Partial<Run>>(run: R): R {
  const masked = PAYLOADS.filter((name) => run[name] !== undefined).map((name) => [
    name,
    maskValue(run[name]),
  ]);
  return { ...run, ...Object.fromEntries(masked) };
}

/** The body of a delivery repeats its run's output and metadata. */
export function maskDelivery(delivery: DeliveryWithAttempts): DeliveryWithAttempts {
  const body = parseJson(delivery.body) as Record<string, unknown>;
  const masked = { ...body, output: maskValue(body["output"]), metadata: maskValue(body["metadata"]) };
  return { ...delivery, body: stringifyJson(masked) };
}
