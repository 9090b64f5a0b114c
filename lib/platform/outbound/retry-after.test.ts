import { expect, test } from "vitest";
import { readRetryAfter } from "./retry-after";

const NOW = Date.UTC(2026, 10, 29, 16, 0, 0);
const DAY = 24 * 3_600_000;

test.each<[string | null, number | undefined]>([
  [null, undefined],
  ["120", 120_000],
  [" 7 ", 7_000],
  ["1", 1_000],
  ["0", undefined],
  ["-5", undefined],
  ["1.5", undefined],
  ["9999999999", DAY],
  ["99999999999999", undefined],
  ["Sun, 29 Nov 2026 16:02:00 GMT", 120_000],
  ["Sun, 29 Nov 2026 15:59:00 GMT", undefined],
  ["Sun, 29 Nov 2099 16:02:00 GMT", DAY],
  ["2026-11-29T16:02:00Z", undefined],
  ["soon", undefined],
  ["", undefined],
])("Retry-After %j: waits %s ms", (header, expected) => {
  expect(readRetryAfter(header, NOW)).toBe(expected);
});
