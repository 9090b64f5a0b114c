import { expect, test } from "vitest";
import { makeLimiter, TooBusy } from "./limiter";

/** Work that the test finishes. */
function makeWork() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const work = { hasStarted: false, resolve, reject, run: async () => ((work.hasStarted = true), promise) };
  return work;
}

test("limiter: runs some, queues some in order, refuses the rest", async () => {
  const run = makeLimiter(2, 2);
  const works = Array.from({ length: 5 }, makeWork);
  const results = works.map((work) => run(work.run));
  await expect(results[4]).rejects.toBeInstanceOf(TooBusy);
  const started = () => works.map(({ hasStarted }) => hasStarted);
  expect(started()).toEqual([true, true, false, false, false]);

  works[1]!.resolve("second");
  expect(await results[1]).toBe("second");
  await expect.poll(started).toEqual([true, true, true, false, false]);

  // A failure frees its slot like a success.
  works[0]!.reject(new Error("broken"));
  await expect(results[0]).rejects.toThrow("broken");
  await expect.poll(started).toEqual([true, true, true, true, false]);

  works[2]!.resolve("third");
  works[3]!.resolve("fourth");
  expect(await Promise.all([results[2], results[3]])).toEqual(["third", "fourth"]);
  expect(await run(async () => "free again")).toBe("free again");
});
