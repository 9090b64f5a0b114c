import { expect, test } from "vitest";
import { compareWithProfile, describeProfile } from "./latency-profile";
import { formatRatio } from "./format-ratio";

const profile = { p50Ms: 12_000, p95Ms: 30_000 };

test.each([
  [12_000, "within the p50 (12 s) of"],
  [12_001, "within the p95 (30 s) of"],
  [30_000, "within the p95 (30 s) of"],
  [250_000, "8.3 × the p95 of"],
])("%d ms is %s a model", (elapsedMs, words) => {
  expect(compareWithProfile(elapsedMs, profile)).toBe(words);
});

test("a ratio is never rounded up", () => {
  expect([1.09, 9.99, 47.9, 8369.9].map(formatRatio)).toEqual(["1.0", "9.9", "47", "8,369"]);
});

test("the figures say where they come from", () => {
  const density = { fromMs: 1, toMs: 2, counts: [] };
  expect(describeProfile({ ...profile, p99Ms: 64_000, samples: 12_431, density })).toBe(
    "p50 12 s · p95 30 s · p99 1 min 4 s, of 12,431 successes in the last 7 days",
  );
  expect(describeProfile({ ...profile, p99Ms: null, samples: 1, density: null })).toBe(
    "p50 12 s · p95 30 s, as published: the last 7 days have 1 success, fewer than 50",
  );
});
