import { expect, test } from "vitest";
import { formatRatio } from "./format-ratio";
import { describeBasis, describeElapsed, describeTypical } from "./latency-profile";

const profile = { p50Ms: 18_200, p95Ms: 61_000 };

test.each([
  ["running", 250_000, "for 4 min 10 s"],
  ["running", 6.2 * 86_400_000, "for 6 days"],
  ["queued", 3 * 3_600_000, "for 3 hours"],
  ["succeeded", 9_240, "in 9.2 s"],
  ["canceled", 90_000, "after 1 min 30 s"],
] as const)("elapsed time of a %s run after %d ms: %s", (status, ms, words) => {
  expect(describeElapsed(status, ms)).toBe(words);
});

test("typical latency: in plain words", () => {
  expect(describeTypical(profile)).toBe(
    "This model usually takes 18 s; 95% of its runs finish within 1 min.",
  );
});

test("ratio: never rounded up", () => {
  expect([1.09, 9.99, 47.9, 8369.9].map(formatRatio)).toEqual(["1.0", "9.9", "47", "8,369"]);
});

test("basis of the figures: recent successes, or published figures", () => {
  const density = { fromMs: 1, toMs: 2, counts: [] };
  expect(describeBasis({ ...profile, p99Ms: 64_000, samples: 12_431, density })).toBe(
    "Based on 12,431 successful runs in the last 7 days.",
  );
  expect(describeBasis({ ...profile, p99Ms: null, samples: 1, density: null })).toBe(
    "Published figures; only 1 successful run in the last 7 days.",
  );
});
