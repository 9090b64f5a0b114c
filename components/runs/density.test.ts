import { expect, test } from "vitest";
import { drawDensity, labelMarks, placeOnLog } from "./density";

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

const marks = (...places: [number, number, number]) =>
  [50, 95, 99].map((percent, index) => ({ percent, at: places[index]! }));

test.each([
  ["separate where they fit", marks(20, 50, 80), ["50% at 20", "95% at 50", "99% at 80"]],
  ["shifted apart where they nearly fit", marks(20, 30, 80), ["50% at 20", "95% at 31.5", "99% at 80"]],
  ["two joined in their middle", marks(30, 59, 61), ["50% at 30", "95–99% at 60"]],
  ["the first two joined", marks(40, 44, 80), ["50–95% at 42", "99% at 80"]],
  ["joined and shifted", marks(46, 60, 60), ["50% at 46", "95–99% at 61.25"]],
  ["all joined", marks(52, 60, 60), ["50–99% at 56"]],
])("labels of marks: %s", (_, given, expected) => {
  expect(labelMarks(given).map(({ text, at }) => `${text} at ${at}`)).toEqual(expected);
});
