import { expect, test, vi } from "vitest";
import { type Changed, gatherChanges } from "./gather-changes";

/** Answers each question when told to. */
function setUp() {
  const asked: Changed[] = [];
  const answers: (() => void)[] = [];
  const changes = gatherChanges((changed) => {
    asked.push(changed);
    return new Promise<void>((resolve) => answers.push(resolve));
  }, 500);
  const answer = async (elapsedMs: number) => {
    answers.shift()!();
    await vi.advanceTimersByTimeAsync(elapsedMs);
  };
  return { asked, changes, answer };
}

test("the first change is asked about at once, and those that come meanwhile with one question after it", async () => {
  vi.useFakeTimers();
  const { asked, changes, answer } = setUp();
  changes.add(["a"]);
  changes.add(["b"]);
  changes.add(["b", "c"]);
  expect(asked).toEqual([new Set(["a"])]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveLength(1);
  await answer(499);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked[1]).toEqual(new Set(["b", "c"]));
  await answer(10_000);
  expect(asked).toHaveLength(2);
  changes.add(["d"]);
  expect(asked[2]).toEqual(new Set(["d"]));
  vi.useRealTimers();
});

test("one change that names nothing stands for everything", async () => {
  vi.useFakeTimers();
  const { asked, changes, answer } = setUp();
  changes.add(["a"]);
  changes.add(["b"]);
  changes.add(null);
  changes.add(["c"]);
  await answer(500);
  expect(asked).toEqual([new Set(["a"]), null]);
  vi.useRealTimers();
});

test("after it is stopped it asks nothing more", async () => {
  vi.useFakeTimers();
  const { asked, changes, answer } = setUp();
  changes.add(["a"]);
  changes.add(["b"]);
  changes.stop();
  await answer(500);
  expect(asked).toHaveLength(1);
  vi.useRealTimers();
});
