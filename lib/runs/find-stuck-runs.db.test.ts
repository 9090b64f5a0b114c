import { beforeAll, describe, expect, test } from "vitest";
import { MOST_STUCK } from "@/lib/contract/models";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, type Fixture } from "@/test/fixture";
import { countStuckRuns } from "./count-stuck-runs";
import { findStuckRuns } from "./find-stuck-runs";
import { selectStuck } from "./select-stuck";

const database = useDatabase();
const EVERYTHING = { all: true } as const;
/** With a published p95 of 60 s, so runs are stuck after 120 s. */
let slow: Fixture;
/** Another customer and model, with a p95 of 6 s; stuck after three times that. */
let fast: Fixture;

beforeAll(async () => {
  const { owner } = database();
  [slow, fast] = [await seedFixture(owner), await seedFixture(owner)];
  await owner.query("UPDATE models SET p50_ms = 2000, p95_ms = 6000, stuck_factor = 3 WHERE id = $1", [
    fast.modelId,
  ]);
});

const find = (query = {}, reach: Parameters<typeof findStuckRuns>[1] = EVERYTHING) =>
  findStuckRuns(database().db, reach, { limit: 50, ...query });

describe("stuck runs", () => {
  test("not ended and past their model's threshold; highest ratio first", async () => {
    const { owner } = database();
    const made = async (
      fixture: Fixture,
      ageMs: number,
      status: "queued" | "running" | "failed" = "running",
    ) => makeRun(owner, fixture, { ageMs, status });
    await made(slow, 100_000);
    await made(fast, 8_000);
    await made(slow, 900_000, "failed");
    const [three, ten, four] = [
      await made(slow, 180_000),
      await made(fast, 60_000, "queued"),
      await made(slow, 240_000),
    ];
    const { items, has_more } = await find();
    expect(items.map(({ id }) => id)).toEqual([ten, four, three]);
    expect(items.map(({ ratio }) => Math.floor(ratio))).toEqual([10, 4, 3]);
    expect(items[0]).toMatchObject({
      model: fast.model,
      org_id: fast.orgId,
      p95_ms: 6_000,
      stuck_factor: 3,
      status_code: "queued",
    });
    expect(has_more).toBe(false);
    expect(await countStuckRuns(database().db, EVERYTHING)).toEqual({ count: 3, has_more: false });
  });

  test("narrowed by model, reach and limit", async () => {
    expect((await find({ model: fast.model })).items).toHaveLength(1);
    expect((await find({ model: "no/such" })).items).toEqual([]);
    const reach = { all: false, orgIds: [slow.orgId] } as const;
    expect((await find({}, reach)).items.map(({ org_id }) => org_id)).toEqual([slow.orgId, slow.orgId]);
    expect((await find({}, { all: false, orgIds: [] })).items).toEqual([]);
    expect(await countStuckRuns(database().db, reach)).toEqual({ count: 2, has_more: false });
    const one = await find({ limit: 1 });
    expect([one.items.length, one.has_more]).toEqual([1, true]);
  });

  test("follow a new threshold and latency profile immediately", async () => {
    const { owner } = database();
    const count = async () => (await find({ model: slow.model })).items.length;
    await owner.query("UPDATE models SET stuck_factor = 3.5 WHERE id = $1", [slow.modelId]);
    expect(await count()).toBe(1);
    await owner.query(
      `INSERT INTO model_envelopes (model_id, samples, p50_ms, p95_ms, p99_ms, from_ms, to_ms, density, computed_at)
       VALUES ($1, 50, 1000, 10000, 20000, 500, 20000, '{}', now())`,
      [slow.modelId],
    );
    expect(await count()).toBe(3);
    await owner.query("DELETE FROM model_envelopes");
    await owner.query("UPDATE models SET stuck_factor = 2 WHERE id = $1", [slow.modelId]);
    expect(await count()).toBe(2);
  });

  test("counted up to a limit; a backlog is read through the index", async () => {
    const { owner } = database();
    await owner.query(
      `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id, created_at)
       SELECT $1, $2, $3, 'api', 'queued', '{}', 'req_test', now() - interval '1 h' - n * interval '1 s'
       FROM generate_series(1, 20000) n`,
      [fast.orgId, fast.modelId, fast.model],
    );
    await owner.query("VACUUM ANALYZE runs");
    expect(await countStuckRuns(database().db, EVERYTHING)).toEqual({ count: MOST_STUCK, has_more: true });
    const statement = selectStuck(EVERYTHING, { limit: MOST_STUCK + 1 });
    const { rows } = await owner.query<{ "QUERY PLAN": string }>(
      `EXPLAIN (ANALYZE, TIMING OFF) ${statement.text}`,
      statement.values,
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toContain("Index Scan using runs_non_terminal_model_idx on runs");
    const read = [...plan.matchAll(/runs_non_terminal_model_idx.*actual rows=([\d.]+)/g)].map(([, n]) =>
      Number(n),
    );
    expect(Math.max(...read)).toBeLessThanOrEqual(MOST_STUCK + 1);
  });
});
