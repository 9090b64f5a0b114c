import { randomUUID } from "node:crypto";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { BatchedLimiter } from "./batched-limiter";
import { take } from "./shared-limiter";

const database = useDatabase();
const POINTS = 500;
const BATCH = 5;
const PROCESSES = 4;

/** Counts the statements that a limiter runs. */
function makeStore() {
  const store = {
    statements: 0,
    query: (statement: object) => {
      store.statements++;
      return database().app.query(statement as never);
    },
  };
  return store;
}
function makeLimiters(points = POINTS, store: object = database().app, count = PROCESSES) {
  const limit = { name: `test_${randomUUID()}`, points, seconds: 600 };
  return Array.from({ length: count }, () => new BatchedLimiter(limit, store));
}
type Limiter = Parameters<typeof take>[0];

/** Sends requests from many callers at once, until the limit has refused each of them a few times. */
async function flood(limiters: Limiter[], key: string, callers = 60) {
  let passed = 0;
  const call = async (caller: number) => {
    for (let refused = 0, n = caller; refused < 10; n++) {
      if (await take(limiters[n % limiters.length]!, key)) refused++;
      else passed++;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  return passed;
}

test("several processes, many callers at once: the limit plus at most two batches per process", async () => {
  const limiters = makeLimiters();
  const passed = await flood(limiters, "ada");
  expect(passed).toBeGreaterThanOrEqual(POINTS - PROCESSES * BATCH);
  expect(passed).toBeLessThanOrEqual(POINTS + PROCESSES * 2 * BATCH);
  expect(await take(limiters[0]!, "grace")).toBeUndefined();
});

test("control: limiters in memory let the limit through once per process", async () => {
  const inMemory = Array.from(
    { length: PROCESSES },
    () => new RateLimiterMemory({ points: POINTS, duration: 600 }),
  );
  expect(await flood(inMemory, "ada")).toBe(PROCESSES * POINTS);
});

test.each([1, 2, 3, 99, 100, 250])("one process, limit of %i: exact", async (points) => {
  const [limiter] = makeLimiters(points, database().app, 1);
  let passed = 0;
  while (!(await take(limiter!, "ada"))) passed++;
  expect(passed).toBe(points);
  expect(await take(limiter!, "ada")).toBeDefined();
});

test("statements: none below a batch, then one per batch; none once the limit is used up", async () => {
  const store = makeStore();
  const [limiter] = makeLimiters(POINTS, store, 1);
  for (let n = 0; n < BATCH; n++) await take(limiter!, "ada");
  expect(store.statements).toBe(0);
  while (!(await take(limiter!, "ada")));
  expect(store.statements).toBe(POINTS / BATCH);
  for (let n = 0; n < 100; n++) await take(limiter!, "ada");
  expect(store.statements).toBeLessThanOrEqual(POINTS / BATCH + 1);
});

test("retry: after the shared period, also in a process that saw only its end", async () => {
  const [one, other] = makeLimiters(POINTS, database().app, 2);
  await flood([one!], "ada");
  await database().owner.query("UPDATE rate_limits SET expire = extract(epoch FROM now()) * 1000 + 100000");
  const exceeded = [];
  for (let n = 0; n < 3 * BATCH; n++) exceeded.push(await take(other!, "ada"));
  expect(exceeded.at(-1)!.seconds).toBeLessThanOrEqual(101);
  expect(exceeded.at(-1)!.seconds).toBeGreaterThan(50);
});

test("without the database: each process has the limit to itself", async () => {
  const broken = { query: () => Promise.reject(new Error("no database")) };
  const limiters = makeLimiters(POINTS, broken);
  expect(await flood(limiters, "ada")).toBe(PROCESSES * POINTS);
});
