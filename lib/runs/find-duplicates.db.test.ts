import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, type Fixture } from "@/test/fixture";
import { findDuplicates } from "./find-duplicates";

const database = useDatabase();
let other: Fixture;
let fixture: Fixture;
beforeAll(async () => void (other = await seedFixture(database().owner)));
beforeEach(async () => void (fixture = await seedFixture(database().owner)));

type Traits = { ref?: string; input?: string; ageMs?: number; in?: Fixture };

/** Every run has a unique input unless one is given. */
async function make({ ref, input = `{"seed":"${randomUUID()}"}`, ageMs = 10_000, in: where }: Traits) {
  const id = await makeRun(database().owner, where ?? fixture, { ageMs });
  await database().owner.query("UPDATE runs SET client_ref = $1, input = $2 WHERE id = $3", [
    ref ?? null,
    input,
    id,
  ]);
  return id;
}

const find = async (id: string) => {
  const { runs, hasMore } = await findDuplicates(database().db, id);
  return { hasMore, runs: runs.map(({ status_code: _status, created_at: _at, ...run }) => run) };
};

describe("find duplicates", () => {
  test("same client ref: runs in order, and whether their inputs are identical", async () => {
    const ref = "order-1";
    const first = await make({ ref, input: '{"prompt":"a","n":1}', ageMs: 9_000 });
    const second = await make({ ref, input: '{"prompt":"a","n":1}', ageMs: 6_000 });
    const third = await make({ ref, input: '{"prompt":"a", "n":1}', ageMs: 3_000 });
    await make({ ref, in: other });
    await make({ ref: "order-2" });
    const found = [
      { id: first, isSelf: false, hasSameRef: true, hasSameInput: true },
      { id: second, isSelf: true, hasSameRef: true, hasSameInput: true },
      { id: third, isSelf: false, hasSameRef: true, hasSameInput: false },
    ];
    expect(await find(second)).toEqual({ runs: found, hasMore: false });
  });

  test("same input without a ref: only runs within minutes", async () => {
    const input = '{"prompt":"twice"}';
    const early = await make({ input, ageMs: 900_000 });
    const first = await make({ input, ageMs: 60_000 });
    const second = await make({ input, ageMs: 20_000 });
    await make({ input, in: other, ageMs: 20_000 });
    expect((await find(first)).runs).toEqual([
      { id: first, isSelf: true, hasSameRef: false, hasSameInput: true },
      { id: second, isSelf: false, hasSameRef: false, hasSameInput: true },
    ]);
    expect(await find(early)).toEqual({ runs: [], hasMore: false });
  });

  test("many runs with one client ref: the nearest five, and hasMore", async () => {
    const ref = randomUUID();
    const ids = [];
    for (let at = 8; at > 0; at--) ids.push(await make({ ref, ageMs: at * 60_000 }));
    const { runs, hasMore } = await find(ids[0]!);
    expect(runs.map(({ id }) => id)).toEqual(ids.slice(0, 6));
    expect(hasMore).toBe(true);
  });

  test("another model with the same input and ref: not the same input", async () => {
    const [ref, input] = ["order-9", '{"image":"x"}'];
    const first = await make({ ref, input, ageMs: 9_000 });
    const second = await make({ ref, input, ageMs: 3_000 });
    await database().owner.query("UPDATE runs SET model = $1, model_id = $2 WHERE id = $3", [
      other.model,
      other.modelId,
      second,
    ]);
    expect((await find(first)).runs.map(({ hasSameInput }) => hasSameInput)).toEqual([true, false]);
  });
});
