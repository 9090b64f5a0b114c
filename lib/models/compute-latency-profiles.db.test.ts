import { beforeEach, describe, expect, test } from "vitest";
import { DENSITY_BUCKETS } from "@/lib/states/latency-profile";
import { useDatabase } from "@/test/database";
import { seedFixture, type Fixture } from "@/test/fixture";
import { COMPUTE_LATENCY_PROFILES, computeLatencyProfiles } from "./compute-latency-profiles";
import { findModel } from "./find-model";
import { listModels } from "./list-models";

const database = useDatabase();
const DAY_MS = 24 * 3_600_000;
let fixture: Fixture;
beforeEach(async () => {
  fixture = await seedFixture(database().owner);
});

/** Makes runs that took these times and ended `endedMs` ago. */
async function makeEnded(
  durations: readonly number[],
  endedMs = DAY_MS,
  status = "succeeded",
): Promise<void> {
  await database().owner.query(
    `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id, created_at, completed_at, duration_ms)
     SELECT $1, $2, $3, 'api', $4::run_status, '{}', 'req_test', t.at - d * interval '1 ms', t.at, d
     FROM unnest($5::int[]) d, (SELECT now() - $6 * interval '1 ms' AS at) t`,
    [fixture.orgId, fixture.modelId, fixture.model, status, durations, endedMs],
  );
}

const readModel = () => findModel(database().db, fixture.modelId);

/** The nearest-rank percentile. */
const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(part * values.length) - 1]!;

describe("latency profile", () => {
  test("matches a separate calculation over the last 7 days of successes", async () => {
    const durations = Array.from({ length: 1_237 }, (_, n) => 500 + ((n * 7_919) % 60_013));
    await makeEnded(durations);
    await makeEnded([1, 2, 3], 7 * DAY_MS + 60_000);
    for (const status of ["failed", "partial_succeeded"]) await makeEnded([900_000, 900_001], DAY_MS, status);
    await computeLatencyProfiles(database().workerDb);
    const model = (await readModel())!;
    expect(model).toMatchObject({
      samples: 1_237,
      p50Ms: percentile(durations, 0.5),
      p95Ms: percentile(durations, 0.95),
      p99Ms: percentile(durations, 0.99),
      stuckFactor: 2,
    });
    const { fromMs, toMs, counts } = model.density!;
    expect([fromMs, toMs]).toEqual([percentile(durations, 0.005), percentile(durations, 0.995)]);
    const bucketOf = (ms: number) => {
      const place = Math.floor((Math.log(ms / fromMs) / Math.log(toMs / fromMs)) * DENSITY_BUCKETS);
      return Math.max(0, Math.min(DENSITY_BUCKETS - 1, place));
    };
    const expected = Array.from({ length: DENSITY_BUCKETS }, () => 0);
    for (const ms of durations) expected[bucketOf(ms)]!++;
    expect(counts).toEqual(expected);
    expect((await listModels(database().db)).find(({ slug }) => slug === fixture.model)).toMatchObject({
      p95Ms: model.p95Ms,
    });
  });

  test.each([
    [49, { p50Ms: 8_000, p95Ms: 60_000, p99Ms: null, samples: 49, density: null }],
    [50, { p50Ms: 3_000, p95Ms: 3_000, p99Ms: 3_000, samples: 50 }],
  ])("after %d successes", async (samples, expected) => {
    await makeEnded(Array.from({ length: samples }, () => 3_000));
    await computeLatencyProfiles(database().workerDb);
    expect(await readModel()).toMatchObject(expected);
  });

  test("no successes, or only old ones: published figures", async () => {
    await computeLatencyProfiles(database().workerDb);
    expect(await readModel()).toMatchObject({ p95Ms: 60_000, samples: 0, computedAt: null });
    await makeEnded(Array.from({ length: 60 }, () => 1_000));
    await computeLatencyProfiles(database().workerDb);
    expect(await readModel()).toMatchObject({ p95Ms: 1_000, samples: 60 });
    await database().owner.query(
      `UPDATE model_envelopes SET computed_at = now(); ALTER TABLE runs DISABLE TRIGGER USER;
       UPDATE runs SET created_at = created_at - interval '7 d', completed_at = completed_at - interval '7 d'
       WHERE model_id = '${fixture.modelId}'; ALTER TABLE runs ENABLE TRIGGER USER`,
    );
    await computeLatencyProfiles(database().workerDb);
    expect(await readModel()).toMatchObject({ p95Ms: 60_000, samples: 0, computedAt: null });
  });

  test("accepts the shortest and longest run that the database allows", async () => {
    await makeEnded(Array.from({ length: 60 }, (_, n) => (n < 30 ? 0 : 2_147_483_647)));
    await computeLatencyProfiles(database().workerDb);
    const { density, p99Ms } = (await readModel())!;
    expect(p99Ms).toBe(2_147_483_646);
    expect(density!.counts.reduce((sum, count) => sum + count)).toBe(60);
  });
});

test("reads the index of successes, not all runs", async () => {
  const { owner } = database();
  await makeEnded(
    Array.from({ length: 8_000 }, (_, n) => n + 1),
    30 * DAY_MS,
  );
  await makeEnded(Array.from({ length: 500 }, (_, n) => n + 1));
  await owner.query("VACUUM ANALYZE runs");
  const { rows } = await owner.query<{ "QUERY PLAN": string }>(
    `EXPLAIN ${COMPUTE_LATENCY_PROFILES.text}`,
    COMPUTE_LATENCY_PROFILES.values,
  );
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toContain("runs_succeeded_idx");
  expect(plan).not.toContain("Seq Scan on runs");
});
