import { afterEach, beforeEach, expect, test, vi } from "vitest";

const SERVER = Date.parse("2026-05-23T10:00:00Z");
const HOUR = 3_600_000;

let time: typeof import("./server-time"); // oxlint-disable-line typescript/consistent-type-imports

/** Both of the computer's clocks are frozen; tests move them. */
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date", "performance"], now: SERVER });
  vi.resetModules();
  time = await import("./server-time");
});
afterEach(() => vi.useRealTimers());

const answerAt = (ms: number): Headers => new Headers({ date: new Date(ms).toUTCString() });
const expectNear = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThan(3_000);

test.each([
  ["three hours ahead", 3 * HOUR],
  ["two hours behind", -2 * HOUR],
  ["right", 0],
])("clock %s at the first page: shows the server's time", (_name, skew) => {
  vi.setSystemTime(SERVER + skew);
  time.noteServerTime(SERVER, SERVER + 800);
  expectNear(time.serverNow(), SERVER);
});

test("clock set three hours ahead while a page is open: keeps the server's time", () => {
  time.noteServerTime(SERVER, SERVER);
  vi.advanceTimersByTime(5_000);
  vi.setSystemTime(SERVER + 3 * HOUR);
  expectNear(time.serverNow(), SERVER + 5_000);
});

test("after a sleep: the next response corrects the time", () => {
  time.noteServerTime(SERVER, SERVER);
  vi.setSystemTime(SERVER + HOUR); // performance.now() stopped during the sleep
  time.noteAnswerTime(answerAt(SERVER + HOUR), performance.now());
  expectNear(time.serverNow(), SERVER + HOUR);
});

test("responses within the same second: keep the estimate, so that ages don't flicker", () => {
  time.noteServerTime(SERVER + 700, SERVER + 700);
  for (const ms of [0, 500, 999]) time.noteAnswerTime(answerAt(SERVER + ms), performance.now());
  expect(time.serverNow()).toBe(SERVER + 700);
});

test("response without a valid Date header: keeps the estimate", () => {
  time.noteServerTime(SERVER, SERVER);
  time.noteAnswerTime(new Headers(), 0);
  time.noteAnswerTime(new Headers({ date: "soon" }), 0);
  expect(time.serverNow()).toBe(SERVER);
});
