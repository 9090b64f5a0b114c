import { beforeAll, describe, expect, test } from "vitest";
import { CANCEL_CAUSES } from "@/lib/contract/overview";
import { cancelRun } from "@/lib/runs/cancel-run";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, makeStaff, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { countCancels } from "./count-cancels";
import { findFailingModels } from "./find-failing-models";
import { findTroubledEndpoints } from "./find-troubled-endpoints";
import { summarizeLastHour } from "./summarize-last-hour";

const database = useDatabase();
let [fixture, other]: Fixture[] = [];
beforeAll(async () => {
  fixture = await seedFixture(database().owner);
  other = await seedFixture(database().owner);
});
const only = (where: Fixture) => ({ all: false, orgIds: [where.orgId] }) as const;

test("failing model: listed if enough of the last hour's runs failed, within reach", async () => {
  const { owner, db } = database();
  const end = async (where: Fixture, status: "failed" | "succeeded", count: number, ageMs = 60_000) => {
    for (let n = 0; n < count; n++) await makeRun(owner, where, { status, ageMs });
  };
  await end(fixture!, "failed", 2);
  expect(await findFailingModels(db, { all: true })).toEqual([]);
  await end(fixture!, "failed", 1);
  await end(fixture!, "succeeded", 12);
  expect(await findFailingModels(db, only(fixture!))).toEqual([
    { model: fixture!.model, failed: 3, ended: 15 },
  ]);
  await end(fixture!, "succeeded", 1);
  expect(await findFailingModels(db, only(fixture!))).toEqual([]);
  await end(other!, "failed", 5, 2 * 3_600_000);
  expect(await findFailingModels(db, { all: true })).toEqual([]);
  await end(other!, "failed", 4);
  expect(await findFailingModels(db, { all: true })).toEqual([{ model: other!.model, failed: 4, ended: 4 }]);
  expect(await findFailingModels(db, only(fixture!))).toEqual([]);
});

test("last hour: counts what ended and failed by five minutes, within reach", async () => {
  const { owner, db } = database();
  const here = await seedFixture(owner);
  const none = { ended: 0, failed: 0, p50_ms: null, p95_ms: null, active: 0, has_more_active: false };
  expect(await summarizeLastHour(db, only(here))).toMatchObject(none);
  for (const [status, ageMs] of [
    ["succeeded", 60_000],
    ["failed", 60_000],
    ["failed", 58 * 60_000],
    ["failed", 62 * 60_000],
    ["running", 62 * 60_000],
  ] as const)
    await makeRun(owner, here, { status, ageMs });
  const hour = await summarizeLastHour(db, only(here));
  expect(hour).toMatchObject({ ended: 3, failed: 2, p50_ms: 0, p95_ms: 0, active: 1 });
  expect(hour.steps).toHaveLength(12);
  expect(hour.steps[0]).toEqual({ ended: 1, failed: 1 });
  expect(hour.steps[11]).toEqual({ ended: 2, failed: 1 });
  const elsewhere = await summarizeLastHour(db, only(await seedFixture(owner)));
  expect(elsewhere).toMatchObject(none);
});

test("troubled endpoint: listed from the failure that pauses it, within reach", async () => {
  const { owner, db } = database();
  const insert = `INSERT INTO delivery_endpoints (org_id, origin, failures_in_row, open_until)
    VALUES ($1, $2, $3, now() + $4 * interval '1 min')`;
  await owner.query(insert, [fixture!.orgId, "https://a.example", 7, 5]);
  await owner.query(insert, [fixture!.orgId, "https://b.example", 4, null]);
  await owner.query(insert, [other!.orgId, "https://c.example", 9, -5]);
  const found = await findTroubledEndpoints(db, { all: true });
  expect(found).toMatchObject([
    { origin: "https://c.example", failures_in_row: 9, paused_until: null, waiting: 0 },
    { origin: "https://a.example", failures_in_row: 7, paused_until: expect.any(String), waiting: 0 },
  ]);
  expect(await findTroubledEndpoints(db, only(fixture!))).toEqual([found[1]]);
});

describe("cancellations of two weeks", () => {
  test("counted by day, cause and person; days without any are included", async () => {
    const { owner, db } = database();
    const [ada, ben] = [await makeStaff(owner, "support", "Ada"), await makeStaff(owner, "admin", "Ben")];
    const cancel = async (caller: typeof ada, reason: string | null, where = fixture!) =>
      cancelRun(db, caller, { runId: await makeRun(owner, where), reason, context: TEST_CONTEXT });
    await cancel(ada, "Ticket #1: duplicate submission");
    await cancel(ada, "sent twice, and stuck");
    await cancel(ben, "Stuck since noon");
    await cancel(ada, "Abuse of a key");
    await cancel(ada, "they asked for it");
    await cancel({ ...ben, kind: "service" }, null, other!);
    const { days, people } = await countCancels(db, { all: true });
    expect(days).toHaveLength(14);
    expect(days.at(-1)).toEqual({
      day: new Date().toISOString().slice(0, 10),
      byCause: { Duplicate: 2, Stuck: 1, Abuse: 1, Other: 1, "No reason": 1 },
    });
    for (const { byCause } of days.slice(0, -1))
      expect(CANCEL_CAUSES.map((cause) => byCause[cause])).toEqual([0, 0, 0, 0, 0]);
    expect(people).toEqual([
      { name: "Ada", count: 4 },
      { name: "Ben", count: 2 },
    ]);
    expect((await countCancels(db, only(other!))).people).toEqual([{ name: "Ben", count: 1 }]);
  });
});
