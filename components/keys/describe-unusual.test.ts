import { expect, test } from "vitest";
import { describeUnusual } from "./describe-unusual";

const hour = (live: number) => ({
  from: "2026-11-30T10:00:00.000Z",
  live,
  succeeded: 0,
  failed: 0,
  canceled: 0,
});
const describe = (usual: number, last: number, isPartial = false) =>
  describeUnusual({
    hours: [...Array.from({ length: 23 }, () => hour(usual)), hour(last)],
    hours_are_partial: isPartial,
  });

test("five times the usual and 100 runs: worth a look", () => {
  expect(describe(200, 1_000)).toBe("1,000 runs in the last hour, 5 times its usual 200.");
  expect(describe(0, 100)).toBe("100 runs in the last hour; before, it was rarely used.");
});

test("less, few, or hours that are not counted in full: not worth a look", () => {
  expect(describe(200, 999)).toBeUndefined();
  expect(describe(1, 99)).toBeUndefined();
  expect(describe(200, 5_000, true)).toBeUndefined();
});
