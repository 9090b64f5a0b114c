import fc from "fast-check";
import { expect, test } from "vitest";
import { fromWall, offsetName, readTimeZone, toWall, zoneName } from "./time-zone";

const at = (text: string) => Date.parse(text);

test("to wall: a time in New York, on the previous day", () => {
  expect(toWall(at("2026-11-29T04:30:00.007Z"), "America/New_York")).toBe("2026-11-28T23:30:00.007");
  expect(offsetName(at("2026-11-29T04:30:00Z"), "America/New_York")).toBe("UTC-5");
  expect(offsetName(at("2026-07-29T04:30:00Z"), "America/New_York")).toBe("UTC-4");
  expect(offsetName(0, "Asia/Kolkata")).toBe("UTC+5:30");
});

test("from wall: yesterday 23:30 in New York", () => {
  expect(fromWall("2026-11-28T23:30", "America/New_York")).toBe(at("2026-11-29T04:30:00Z"));
  expect(fromWall("2026-11-28T23:30", "UTC")).toBe(at("2026-11-28T23:30:00Z"));
});

test("from wall: a repeated hour is the first one, a skipped hour moves forward", () => {
  expect(fromWall("2026-11-01T01:30", "America/New_York")).toBe(at("2026-11-01T05:30:00Z"));
  expect(fromWall("2026-03-08T02:30", "America/New_York")).toBe(at("2026-03-08T06:30:00Z"));
});

test("wall and back: the same time, on any day without a clock change", () => {
  const zones = fc.constantFrom(
    "UTC",
    "America/New_York",
    "Asia/Kolkata",
    "Europe/Berlin",
    "Pacific/Auckland",
  );
  const moments = fc.integer({ min: at("2026-06-01T00:00Z"), max: at("2026-08-31T00:00Z") });
  fc.assert(fc.property(moments, zones, (ms, zone) => fromWall(toWall(ms, zone), zone) === ms));
});

test("read time zone: an unknown zone is UTC", () => {
  expect([undefined, "", "Mars/Olympus", "Europe/Berlin"].map(readTimeZone)).toEqual([
    "UTC",
    "UTC",
    "UTC",
    "Europe/Berlin",
  ]);
  expect(zoneName("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
});
