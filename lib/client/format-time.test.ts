import { expect, test } from "vitest";
import {
  formatAbsolute,
  formatAge,
  formatAgo,
  formatDuration,
  formatShort,
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
])("format duration: %d ms is %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test("format age: rounds down to one unit", () => {
  expect(formatAge(119_999)).toBe("1 min");
});

test("format ago: a slow clock never shows a time in the future", () => {
  expect(formatAgo("2026-05-23T10:42:11.000+00:00", Date.parse("2026-05-23T10:42:01Z"))).toBe("just now");
});

test("format minute: shows hours and minutes only", () => {
  expect(formatMinute("2026-05-23T10:42:11.000+00:00")).toBe("10:42 UTC");
});

test("format absolute: the same text for everyone in UTC", () => {
  expect(formatAbsolute("2026-05-23T10:42:11.007+00:00")).toBe("2026-05-23 10:42:11.007 UTC");
});

test.each([
  ["Asia/Kolkata", "2026-05-23 16:12:11.007 UTC+5:30"],
  ["America/New_York", "2026-05-23 06:42:11.007 UTC-4"],
  ["Europe/Berlin", "2026-05-23 12:42:11.007 UTC+2"],
])("format absolute in %s: has date and offset", (zone, text) => {
  expect(formatAbsolute("2026-05-23T10:42:11.007+00:00", zone)).toBe(text);
});

test.each([
  ["UTC", "2026-05-23T23:00:00Z", "10:42:11"],
  ["UTC", "2026-05-24T00:00:00Z", "May 23, 10:42"],
  ["Pacific/Auckland", "2026-05-23T23:00:00Z", "May 23, 22:42"],
  ["UTC", "2027-01-01T00:00:00Z", "2026-05-23"],
])("format short, in %s at %s: %s", (zone, now, text) => {
  expect(formatShort("2026-05-23T10:42:11.007+00:00", Date.parse(now), zone)).toBe(text);
});
