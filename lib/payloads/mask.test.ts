import { describe, expect, test } from "vitest";
import { MASK as SHOWN } from "@/lib/client/payloads";
import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import type { Run } from "@/lib/contract/runs";
import { parseJson, stringifyJson } from "@/lib/platform/json/json";
import { MASK, maskDelivery, maskRun, maskValue } from "./mask";

const PAYLOAD =
  '{"prompt":"secret","n":[1,2.50,12345678901234567890],"deep":{"ok":true,"none":null},"__proto__":{"a":"secret"}}';
const MASKED =
  '{"prompt":"•••","n":["•••","•••","•••"],"deep":{"ok":"•••","none":null},"__proto__":{"a":"•••"}}';

test("names and shape stay, and no value does", () => {
  expect(stringifyJson(maskValue(parseJson(PAYLOAD)))).toBe(MASKED);
});

test("the console knows the sign", () => expect(SHOWN).toBe(MASK));

describe("of a run", () => {
  test("what the customer sent and got is masked, and nothing else", () => {
    const payload = parseJson(PAYLOAD) as Record<string, unknown>;
    const run = { id: "id", cost: "0.12", input: payload, output: null, metadata: payload } as Partial<Run>;
    const masked = parseJson(MASKED);
    expect(maskRun(run)).toEqual({ id: "id", cost: "0.12", input: masked, output: null, metadata: masked });
  });

  test("a field that was not asked for does not appear", () => {
    expect(maskRun({ id: "id" } as Partial<Run>)).toEqual({ id: "id" });
  });
});

test("of a delivery, what its body repeats of the run's payloads is masked", () => {
  const body = `{"event":"run.completed","output":${PAYLOAD},"duration_ms":10,"metadata":${PAYLOAD}}`;
  const delivery = { id: "id", body, attempts: [] } as unknown as DeliveryWithAttempts;
  expect(maskDelivery(delivery).body).toBe(
    `{"event":"run.completed","output":${MASKED},"duration_ms":10,"metadata":${MASKED}}`,
  );
});
