import { environmentManager, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, ConnectionError } from "./api-error";
import { isInterrupted, POLLING, pollInterval } from "./polling";
import { reportSession } from "./session-end";

beforeEach(() => {
  vi.useFakeTimers();
  environmentManager.setIsServer(() => false);
});
afterEach(() => {
  reportSession(false);
  vi.useRealTimers();
});

const refusal = (status: number) => new ApiError(status, "CODE", "No.", null, null);

/**
 * A polling query whose answers the test controls.
 * @returns the times of its requests, in milliseconds from the start
 */
function poll() {
  let error: Error | undefined;
  const startedAt = Date.now();
  const askedAt: number[] = [];
  const observer = new QueryObserver(new QueryClient(), {
    queryKey: ["polled"],
    queryFn: () => {
      askedAt.push(Date.now() - startedAt);
      return error ? Promise.reject(error) : Promise.resolve(0);
    },
    ...POLLING,
    refetchInterval: ({ state }) => pollInterval(true, state.error),
  });
  const stop = observer.subscribe(() => {});
  const fail = (next: Error | undefined) => void (error = next);
  return { observer, askedAt, fail, stop };
}

test("poll: every 2 s", async () => {
  const { askedAt, stop } = poll();
  await vi.advanceTimersByTimeAsync(6_500);
  expect(askedAt).toEqual([0, 2_000, 4_000, 6_000]);
  stop();
});

test.each([
  ["lost connection", new ConnectionError()],
  ["503", refusal(503)],
  ["429", refusal(429)],
])("%s: interrupted; backs off to at most 30 s; recovers", async (_name, error) => {
  const { observer, askedAt, fail, stop } = poll();
  await vi.advanceTimersByTimeAsync(100);
  expect(isInterrupted(observer.getCurrentResult())).toBe(false);
  fail(error);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(isInterrupted(observer.getCurrentResult())).toBe(true);
  await vi.advanceTimersByTimeAsync(300_000);
  const pauses = askedAt.slice(2).map((at, index) => at - askedAt[index + 1]!);
  for (const [index, pause] of pauses.entries()) {
    const longest = Math.min(2_000 * 2 ** index, 30_000);
    expect(pause).toBeGreaterThanOrEqual(longest / 2);
    expect(pause).toBeLessThanOrEqual(longest);
  }
  fail(undefined);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(isInterrupted(observer.getCurrentResult())).toBe(false);
  const count = askedAt.length;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(askedAt).toHaveLength(count + 1);
  stop();
});

test("refusal: polls every 30 s and stays interrupted", async () => {
  const { observer, askedAt, fail, stop } = poll();
  await vi.advanceTimersByTimeAsync(100);
  fail(refusal(403));
  await vi.advanceTimersByTimeAsync(62_500);
  expect(askedAt).toEqual([0, 2_000, 32_000, 62_000]);
  expect(isInterrupted(observer.getCurrentResult())).toBe(true);
  stop();
});

test("session ended or no need: doesn't poll", () => {
  expect(pollInterval(false, null)).toBe(false);
  reportSession(true);
  expect(pollInterval(true, null)).toBe(false);
});
