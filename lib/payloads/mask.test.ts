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

test("mask value: keeps names and structure, hides values", () => {
  expect(stringifyJson(maskValue(parseJson(PAYLOAD)))).toBe(MASKED);
});

test("mask: the same as in the console", () => expect(SHOWN).toBe(MASK));

describe("mask run", () => {
  test("masks the customer's input and output, and nothing else", () => {
    const payload = parseJson(PAYLOAD) as Record<string, unknown>;
    const run = { id: "id", cost: "0.12", input: payload, output: null, metadata: payload } as Partial<Run>;
    const masked = parseJson(MASKED);
    expect(maskRun(run)).toEqual({ id: "id", cost: "0.12", input: masked, output: null, metadata: masked });
  });

  test("doesn't add fields that weren't requested", () => {
    expect(maskRun({ id: "id" } as Partial<Run>)).toEqual({ id: "id" });
  });
});

test("mask delivery: also masks the payloads that its body and the responses repeat", () => {
  const body = `{"event":"run.completed","output":${PAYLOAD},"duration_ms":10,"metadata":${PAYLOAD}}`;
  const attempts = [
    { number: 1, status: 500, response_body: "bad: secret" },
    { number: 2, response_body: null },
  ];
  const delivery = { id: "id", body, attempts } as unknown as DeliveryWithAttempts;
  const masked = maskDelivery(delivery);
  expect(masked.body).toBe(
    `{"event":"run.completed","output":${MASKED},"duration_ms":10,"metadata":${MASKED}}`,
  );
  expect(masked.attempts).toEqual([
    { number: 1, status: 500, response_body: MASK },
    { number: 2, response_body: null },
  ]);
});
