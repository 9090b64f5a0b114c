import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openEventStream } from "./event-stream";

const BEAT = 'event: beat\ndata: {"next_ms":1000}\n\n';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An open stream whose source has the given numbers. */
async function open(check: () => Promise<void> = async () => {}) {
  const numbers: number[] = [];
  const calls = { ended: 0 };
  const stream = openEventStream({
    heartbeatMs: 1_000,
    take: () => (numbers.length > 0 ? [{ event: "numbers", data: numbers.splice(0) }] : []),
    check,
    onEnd: () => calls.ended++,
  });
  const say = (number: number) => {
    numbers.push(number);
    stream.wake();
  };
  await vi.advanceTimersByTimeAsync(0);
  const reader = stream.body.getReader();
  const read = async () => {
    const { value, done } = await reader.read();
    return done ? undefined : new TextDecoder().decode(value);
  };
  return { calls, say, read, reader };
}

test("start: retry time first, then the pending events", async () => {
  const { say, read } = await open();
  expect(await read()).toMatch(/^retry: [12]\d{3}\n\nevent: beat\n/);
  say(1);
  expect(await read()).toBe("event: numbers\ndata: [1]\n\n");
});

test("slow client: events stay with the source and arrive together", async () => {
  const { say, read } = await open();
  for (let number = 1; number <= 5; number++) say(number);
  await read();
  expect(await read()).toBe("event: numbers\ndata: [1,2,3,4,5]\n\n");
});

test("idle: sends heartbeats", async () => {
  const { read, calls } = await open();
  await read();
  vi.advanceTimersByTime(1_000);
  expect(await read()).toBe(BEAT);
  vi.advanceTimersByTime(1_000);
  expect(await read()).toBe(BEAT);
  expect(calls).toEqual({ ended: 0 });
});

test("client that hasn't read a heartbeat when the next is due: cut off", async () => {
  const { calls } = await open();
  vi.advanceTimersByTime(1_000);
  expect(calls).toEqual({ ended: 0 });
  vi.advanceTimersByTime(1_000);
  expect(calls).toEqual({ ended: 1 });
  expect(vi.getTimerCount()).toBe(0);
});

test("client disconnects: the stream ends without a leftover timer", async () => {
  const { calls, reader, say } = await open();
  await reader.cancel();
  say(1);
  expect(calls).toEqual({ ended: 1 });
  expect(vi.getTimerCount()).toBe(0);
});

test("failed check: ends the stream", async () => {
  const { read, calls } = await open(() => Promise.reject(new Error("the session has ended")));
  await read();
  vi.advanceTimersByTime(1_000);
  expect(await read()).toBe(BEAT);
  expect(await read()).toBeUndefined();
  expect(calls.ended).toBe(1);
});
