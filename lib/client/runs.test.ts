import { expect, test } from "vitest";
import { mayStillChange } from "./runs";

const ENDED = "2026-05-23T10:42:11.000+00:00";
const LATER = (minutes: number) => Date.parse(ENDED) + minutes * 60_000;

test.each([
  ["running", null, null, 0, true],
  ["succeeded", ENDED, "0.27", 0, false],
  ["failed", ENDED, null, 0, false],
  ["canceled", ENDED, null, 14, true],
  ["canceled", ENDED, null, 16, false],
  ["canceled", ENDED, "0.12", 1, false],
] as const)("run %s, ended %s, cost %s, after %d min: may still change %s", (...row) => {
  const [status_code, completed_at, cost, minutes, expected] = row;
  expect(mayStillChange({ status_code, completed_at, cost }, LATER(minutes))).toBe(expected);
});
