import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { log } from "./log";
import { logFault } from "./log-fault";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("lasting fault: logged immediately, then once a minute with its count, and when it ends", () => {
  const lines: [string, unknown, string][] = [];
  for (const level of ["error", "info"] as const)
    vi.spyOn(log, level).mockImplementation((fields: unknown, message?: string) => {
      lines.push([level, fields, message!]);
    });
  const fail = (times: number, cause = "read_only") => {
    for (let n = 0; n < times; n++) logFault(cause, `requests fail: ${cause}`, new Error("internal"));
  };
  fail(500);
  fail(1, "full");
  expect(lines.map(([level, , message]) => [level, message])).toEqual([
    ["error", "requests fail: read_only"],
    ["error", "requests fail: full"],
  ]);

  vi.advanceTimersByTime(60_000);
  fail(20);
  vi.advanceTimersByTime(60_000);
  vi.advanceTimersByTime(60_000);
  expect(lines.slice(2)).toEqual([
    ["error", expect.objectContaining({ count: 499, total: 500 }), "again: requests fail: read_only"],
    ["error", expect.objectContaining({ count: 20, total: 520 }), "again: requests fail: read_only"],
    ["info", expect.objectContaining({ total: 520 }), "over: requests fail: read_only"],
  ]);

  fail(1);
  expect(lines.at(-1)).toMatchObject(["error", {}, "requests fail: read_only"]);
});
