import { expect, test } from "vitest";
import { describeFailed } from "./outcome-shares";

const NONE = { canceled: 5, unchanged: 2, remaining: 0, runs_per_second: null, seconds_left: null };

test.each([
  [{ not_found: 0, refused: 0, failed: 2 }, "the 2 that failed"],
  [{ not_found: 0, refused: 1, failed: 0 }, "the run that was refused"],
  [{ not_found: 3, refused: 0, failed: 0 }, "the 3 that were not found"],
  [{ not_found: 0, refused: 2, failed: 1 }, "the 3 that were refused or failed"],
  [{ not_found: 1_000, refused: 1, failed: 1 }, "the 1,002 that were not found, refused or failed"],
])("runs to retry: %o are %s", (counts, words) => {
  expect(describeFailed({ ...NONE, ...counts })).toBe(words);
});
