import { expect, test } from "vitest";
import { drawDensity, placeOnLog } from "./density";

const scale = { fromMs: 100, toMs: 10_000 };

test.each([
  [100, 0],
  [1_000, 50],
  [10_000, 100],
  [0, 0],
  [99_999, 100],
])("%d ms lies at %d %%", (ms, percent) => {
  expect(placeOnLog(ms, scale)).toBeCloseTo(percent);
});

test("density: starts and ends at the baseline; the peak is at the top", () => {
  const place = (ms: number) => placeOnLog(ms, scale);
  expect(drawDensity({ ...scale, counts: [0, 8, 4, 0] }, place)).toBe(
    "M0.00 100L12.50 100.00L37.50 5.00L62.50 52.50L87.50 100.00L100.00 100Z",
  );
});
