import { expect, test } from "vitest";
import {
  formatAbsolute,
  formatAge,
  formatAgo,
  formatDuration,
  formatLocal,
  formatMinute,
} from "./format-time";

test.each([
  [0, "0 ms"],
  [420.4, "420 ms"],
  [4_299, "4.2 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [250_000, "4 min 10 s"],
  [3 * 3_600_000 + 60_000, "3 h 1 min"],
  [52 * 3_600_000, "2 d 4 h"],
])("%d ms is %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test("an age is rounded down to one unit", () => {
  expect(formatAge(119_999)).toBe("1 min");
});

test("a clock that is behind does not speak of the future", () => {
  expect(formatAgo("2026-05-23T10:42:11.000+00:00", Date.parse("2026-05-23T10:42:01Z"))).toBe("just now");
});

test("a moment that is near is a minute of the day", () => {
  expect(formatMinute("2026-05-23T10:42:11.000+00:00")).toBe("10:42 UTC");
});

test("a moment is the same words for everyone", () => {
  expect(formatAbsolute("2026-05-23T10:42:11.007+00:00")).toBe("2026-05-23 10:42:11.007 UTC");
});

test.each([
  ["Asia/Kolkata", "2026-05-23 16:12:11 GMT+5:30, your time"],
  ["America/New_York", "2026-05-23 06:42:11 GMT−4, your time"],
  ["Europe/Berlin", "2026-05-23 12:42:11 CEST, your time"],
  ["UTC", "2026-05-23 10:42:11 UTC, your time"],
])("a moment in %s: with its day and its offset", (timeZone, text) => {
  expect(formatLocal("2026-05-23T10:42:11.007+00:00", timeZone)).toBe(text);
});
