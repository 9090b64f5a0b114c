import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  isProviderRequest,
  isProviderSignature,
  isRecent,
  signProviderEvent,
  signProviderRequest,
} from "./provider-signature";

const [NEWEST, OLDER] = ["n".repeat(32), "o".repeat(32)];
const BODY = '{"event_id":"é"}';

describe("provider signature, version 1", () => {
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

describe("provider signature, version 2", () => {
  const request = { method: "POST", path: "/v1/provider/runs/1/events", body: BODY };
  const NOW = 1_764_000_000_000;
  const signature = signProviderRequest(OLDER, request, NOW + 999);
  const check = (given: string, changes: object = {}, now = NOW) =>
    isProviderRequest(given, { ...request, ...changes }, [NEWEST, OLDER], { now, windowMs: 300_000 });

  it("has the documented form, for a provider's own implementation", () => {
    expect(signature).toBe(
      `t=1764000000,v2=${createHmac("sha256", OLDER).update(`v2\n1764000000\nPOST\n/v1/provider/runs/1/events\n${BODY}`).digest("hex")}`,
    );
    expect(check(signature, { body: Buffer.from(BODY) })).toBe(true);
  });

  it.each([
    ["another run", { path: "/v1/provider/runs/2/events" }],
    ["another method", { method: "PUT" }],
    ["another body", { body: `${BODY} ` }],
  ])("invalid for %s", (_, changes) => expect(check(signature, changes)).toBe(false));

  it("invalid after five minutes, or with another time", () => {
    expect(check(signature, {}, NOW + 300_000)).toBe(true);
    expect(check(signature, {}, NOW + 300_001)).toBe(false);
    expect(check(signature.replace("t=1764000000", "t=1764000001"))).toBe(false);
  });

  it.each([
    "",
    signature.slice(3),
    signature.toUpperCase(),
    `${signature},v2=0`,
    signature.replace("v2", "v3"),
  ])("invalid in another form: %s", (given) => expect(check(given)).toBe(false));
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
