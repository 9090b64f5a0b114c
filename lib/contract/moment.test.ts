import { expect, test } from "vitest";
import { parseMoment } from "./moment";
import { Instant, Moment } from "./moment-text";

test.each([
  ["2026-04-01", "2026-04-01T00:00:00.0+00:00"],
  ["２０２６-04‑01\u202f10:30−02:00", "2026-04-01T12:30:00.0+00:00"],
  ["2026-04-01T10:30", "2026-04-01T10:30:00.0+00:00"],
  ["2026-04-01 10:30:05.1234Z", "2026-04-01T10:30:05.1234+00:00"],
  ["2026-11-29T04:39:26.359+00:00", "2026-11-29T04:39:26.359+00:00"],
  ["2026-11-29T04:39:26.359 00:00", "2026-11-29T04:39:26.359+00:00"],
  ["2026-04-01T10:30:00 02:00", "2026-04-01T08:30:00.0+00:00"],
  ["2026-04-01T10:30:00 +02:00", "2026-04-01T08:30:00.0+00:00"],
  ["2026-04-01T10:30:00+0530", "2026-04-01T05:00:00.0+00:00"],
  ["2026-04-01T10:30:00+01", "2026-04-01T09:30:00.0+00:00"],
  ["2026-04-01T10:30:00 01", "2026-04-01T09:30:00.0+00:00"],
  ["2026-04-01 10:30 0530", "2026-04-01T05:00:00.0+00:00"],
  ["2026-04-01T10:30:00-0330", "2026-04-01T14:00:00.0+00:00"],
  [" 2026-04-01 ", "2026-04-01T00:00:00.0+00:00"],
])("a moment is read: %s", (text, iso) => {
  expect(parseMoment(text)?.iso).toBe(iso);
  expect(Moment.parse(text)).toBe(text);
});

test.each([
  "",
  "2026-02-30",
  "2026-04-01T24:00",
  "2026-04-01T10:30 CET",
  "28.11.2026",
  "yesterday",
  "2026-04-01+02:00",
  "2026-04-01T10:30:00+2",
  "2026-04-01T10:30:00+24:00",
  "2026-04-01T10:30:00%2B02:00",
  "0000-01-01",
])("what is none is refused with the forms that are: %j", (text) => {
  expect(parseMoment(text)).toBeUndefined();
  const message = Moment.safeParse(text).error!.issues[0]!.message;
  expect(message).toContain("2026-04-01T10:30:00+02:00");
  expect(message).toContain("write + as %2B");
});

test("an instant has its time of day, and is passed on in UTC", () => {
  expect(Instant.parse("2026-04-01T10:30:00+0530")).toBe("2026-04-01T05:00:00.0+00:00");
  expect(Instant.safeParse("2026-04-01").success).toBe(false);
});
