import { describe, expect, it } from "vitest";
import { isProviderSignature, isRecent, signProviderEvent } from "./provider-signature";

const [NEWEST, OLDER] = ["n".repeat(32), "o".repeat(32)];
const BODY = '{"event_id":"é"}';

describe("provider signature", () => {
  it("valid with any current secret, for bytes or text", () => {
    for (const secret of [NEWEST, OLDER]) {
      const signature = signProviderEvent(secret, BODY);
      expect(signature).toMatch(/^[0-9a-f]{64}$/);
      expect(isProviderSignature(signature, Buffer.from(BODY), [NEWEST, OLDER])).toBe(true);
    }
  });

  it.each([
    ["absent", null],
    ["empty", ""],
    ["another secret", signProviderEvent("x".repeat(32), BODY)],
    ["another body", signProviderEvent(NEWEST, `${BODY} `)],
    ["upper case", signProviderEvent(NEWEST, BODY).toUpperCase()],
    ["with a prefix", `sha256=${signProviderEvent(NEWEST, BODY)}`],
    ["cut short", signProviderEvent(NEWEST, BODY).slice(0, 62)],
    ["no hex", "z".repeat(64)],
  ])("invalid: %s", (_, signature) => {
    expect(isProviderSignature(signature, Buffer.from(BODY), [NEWEST, OLDER])).toBe(false);
  });
});

it("valid for five minutes before and after", () => {
  const windowMs = 300_000;
  expect([0, windowMs, -windowMs].map((late) => isRecent(1e12 - late, 1e12, windowMs))).toEqual([
    true,
    true,
    true,
  ]);
  expect([windowMs + 1, -windowMs - 1].map((late) => isRecent(1e12 - late, 1e12, windowMs))).toEqual([
    false,
    false,
  ]);
  expect(isRecent(Number.NaN, 1e12, windowMs)).toBe(false);
});
