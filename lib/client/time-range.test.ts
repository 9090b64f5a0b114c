import { expect, test } from "vitest";
import { parseTimeRange, splitTimeRange } from "./time-range";

/** In New York this is 00:10 on November 29. */
const now = Date.parse("2026-11-29T05:10:00Z");
const read = (text: string, zone = "America/New_York") => {
  const range = parseTimeRange(text, now, zone);
  return (
    range && [range.from, range.to].map((ms) => new Date(ms).toISOString().replace(":00.000Z", "Z")).join(" ")
  );
};

test.each([
  ["yesterday 23:30 to 23:50", "2026-11-29T04:30Z 2026-11-29T04:50Z"],
  ["Yesterday at 9:05 – 10:00", "2026-11-28T14:05Z 2026-11-28T15:00Z"],
  ["today", "2026-11-29T05:00Z 2026-11-30T05:00Z"],
  ["yesterday 23:30 to 00:10", "2026-11-29T04:30Z 2026-11-29T05:10Z"],
  ["2026-11-28", "2026-11-28T05:00Z 2026-11-29T05:00Z"],
  ["Nov 27 to Nov 28", "2026-11-27T05:00Z 2026-11-29T05:00Z"],
  ["december 24, 18:00 to 19:00", "2025-12-24T23:00Z 2025-12-25T00:00Z"],
  ["yesterday 23:40", "2026-11-29T04:25Z 2026-11-29T04:55Z"],
  ["2026-11-28 23:30 - 2026-11-29 00:30", "2026-11-29T04:30Z 2026-11-29T05:30Z"],
])("time range in New York: %s", (text, range) => {
  expect(read(text)).toBe(range);
});

test("time range in UTC: the same words mean other times", () => {
  expect(read("yesterday 23:30 to 23:50", "UTC")).toBe("2026-11-28T23:30Z 2026-11-28T23:50Z");
});

test.each([
  "",
  "tomorrow",
  "25:00",
  "yesterday 23:60",
  "2026-02-31",
  "Nov 28 to Nov 27",
  "a to b to c",
  "Foo 3",
])("time range: rejects “%s”", (text) => {
  expect(read(text)).toBeUndefined();
});

test.each([
  ["papaya yesterday 23:30 to 23:50", "papaya"],
  ["Papaya Commerce, 2026-11-28 23:30 to 23:50", "Papaya Commerce"],
  ["papaya Nov 28, 23:30 – 23:50", "papaya"],
])("look-up with a time range: %s", (text, rest) => {
  const split = splitTimeRange(text, now, "UTC")!;
  expect(split.text).toBe(rest);
  expect(new Date(split.range.from).toISOString()).toBe("2026-11-28T23:30:00.000Z");
});

test("look-up of a time range alone: no text", () => {
  expect(splitTimeRange("yesterday 23:30", now, "UTC")?.text).toBe("");
});

test.each(["papaya", "papaya 2026-11-28", "order 17", "a:1", ""])("look-up without one: %s", (text) => {
  expect(splitTimeRange(text, now, "UTC")).toBeUndefined();
});
