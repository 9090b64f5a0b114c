import { expect, test } from "vitest";
import type { DuplicateRun } from "@/lib/contract/duplicate";
import { compareRuns, nameOrder, summarizeDuplicates } from "./describe-duplicates";

const run = (second: number, traits: Partial<DuplicateRun> = {}): DuplicateRun => ({
  id: `0196f1a0-0000-7000-8000-0000000000${String(second).padStart(2, "0")}`,
  status_code: "running",
  created_at: `2026-05-23T10:42:${String(second).padStart(2, "0")}.000+00:00`,
  isSelf: false,
  hasSameRef: true,
  hasSameInput: true,
  ...traits,
});

test("the second of two: how long after the first, with the same input", () => {
  const runs = [run(1), run(4, { isSelf: true })];
  expect(summarizeDuplicates({ runs, hasMore: false })).toBe(
    "This run is the second of 2 runs with this client ref; sent 3.0 s after the first. Their inputs are identical.",
  );
});

test("the first of two without a client ref: when the second came", () => {
  const runs = [run(1, { isSelf: true }), run(31, { hasSameRef: false })];
  expect(summarizeDuplicates({ runs, hasMore: false })).toBe(
    "This run is the first of 2 runs with this input; the second came 30 s later. Their inputs are identical.",
  );
});

test("several with different inputs: counted", () => {
  const runs = [run(1), run(4, { isSelf: true }), run(9, { hasSameInput: false })];
  expect(summarizeDuplicates({ runs, hasMore: true })).toContain("the second of the 3 nearest runs");
  expect(summarizeDuplicates({ runs, hasMore: true })).toContain("1 of the 2 others has an input identical");
});

test("another run: before or after this one, and the fields they share", () => {
  const self = run(10, { isSelf: true });
  expect(compareRuns(run(4, { hasSameInput: false }), self)).toBe(
    "6.0 s before this run · different input · same client ref",
  );
  expect(compareRuns(run(15, { hasSameRef: false }), self)).toBe(
    "5.0 s after this run · identical input · no shared client ref",
  );
});

test("order: in words up to the sixth, then in digits", () => {
  expect([0, 1, 5, 6].map(nameOrder)).toEqual(["First", "Second", "Sixth", "7th"]);
});
