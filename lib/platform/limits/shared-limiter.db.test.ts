import { randomUUID } from "node:crypto";
import pg from "pg";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { describe, expect, test } from "vitest";
import { findFreePort } from "@/lib/platform/db/free-port";
import { useDatabase } from "@/test/database";
import { SharedLimiter, take } from "./shared-limiter";

const database = useDatabase();
const limit = () => ({ name: `test_${randomUUID()}`, points: 10, seconds: 600 });
/** Limiters of several processes: each with its own memory. */
const processes = (of = limit()) =>
  Array.from({ length: 3 }, () => new SharedLimiter(of, database().app)) as [
    SharedLimiter,
    SharedLimiter,
    SharedLimiter,
  ];

async function countTaken(limiters: Parameters<typeof take>[0][], key: string, attempts: number) {
  const taken = await Promise.all(
    Array.from({ length: attempts }, (_, index) => take(limiters[index % limiters.length]!, key)),
  );
  return {
    taken: taken.filter((exceeded) => !exceeded).length,
    first: taken.filter((exceeded) => exceeded?.isFirst).length,
    waits: new Set(taken.flatMap((exceeded) => exceeded?.seconds ?? [])),
  };
}
const rowsOf = async () => (await database().owner.query<{ key: string }>("SELECT * FROM rate_limits")).rows;

describe("limit shared by processes", () => {
  test("many attempts at once: exactly the limit succeeds, and one is the first beyond", async () => {
    const limiters = processes();
    const { taken, first, waits } = await countTaken(limiters, "ada", 60);
    expect([taken, first]).toEqual([10, 1]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(600);
    expect(Math.min(...waits)).toBeGreaterThan(500);
    expect(await take(limiters[0], "grace")).toBeUndefined();
  });

  test("control: limiters in memory allow it once per process", async () => {
    const inMemory = Array.from({ length: 3 }, () => new RateLimiterMemory({ points: 10, duration: 600 }));
    expect(await countTaken(inMemory, "ada", 60)).toMatchObject({ taken: 30, first: 3 });
  });

  test("names: separate limits", async () => {
    const [one, other] = [processes()[0], processes()[0]];
    await countTaken([one], "ada", 11);
    expect(await take(one, "ada")).toBeDefined();
    expect(await take(other, "ada")).toBeUndefined();
  });

  test("reward and delete: hold in every process", async () => {
    const [one, other] = processes();
    await countTaken([one], "ada", 10);
    await one.reward("ada");
    expect((await countTaken([other], "ada", 3)).taken).toBe(1);
    await one.delete("ada");
    expect((await countTaken([one], "ada", 20)).taken).toBe(10);
  });

  test("used-up limit: remembered without a statement", async () => {
    const [one, other] = processes();
    await countTaken([one], "ada", 11);
    expect([one.isBlocked("ada"), one.isBlocked("grace"), other.isBlocked("ada")]).toEqual([
      true,
      false,
      false,
    ]);
    const before = await rowsOf();
    for (let n = 0; n < 20; n++) expect(await take(one, "ada")).toMatchObject({ isFirst: false });
    expect(await rowsOf()).toEqual(before);
    // Control: the other process has to ask once.
    expect(await take(other, "ada")).toBeDefined();
    expect(await rowsOf()).not.toEqual(before);
  });

  test("ended period: starts again", async () => {
    const [one, other] = processes();
    await countTaken([one], "ada", 10);
    const ended = "UPDATE rate_limits SET expire = extract(epoch FROM now()) * 1000 - 1";
    await database().owner.query(ended);
    expect((await countTaken([other], "ada", 11)).taken).toBe(10);
  });

  test("key of any text: stored as a hash of fixed length", async () => {
    const secret = "correct horse battery staple \0\ud800".repeat(20);
    const [limiter] = processes();
    expect(await take(limiter, secret)).toBeUndefined();
    const stored = (await rowsOf()).map(({ key }) => key);
    expect(stored).toContain(limiter.getKey(secret));
    expect(stored.join()).not.toContain("horse");
  });
});

describe("without the database", () => {
  const nowhere = async () =>
    new pg.Pool({ connectionString: `postgresql://nobody@127.0.0.1:${await findFreePort()}/none` });

  test("each process counts alone", async () => {
    const of = limit();
    const limiters = [new SharedLimiter(of, await nowhere()), new SharedLimiter(of, await nowhere())];
    expect(await countTaken(limiters, "ada", 60)).toMatchObject({ taken: 20, first: 2 });
  });
});

test("worker's role: may not use the counts", async () => {
  await expect(database().worker.query("SELECT FROM rate_limits")).rejects.toMatchObject({ code: "42501" });
});
