import { beforeAll, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { cancelRun } from "@/lib/runs/cancel-run";
import type { Caller, Reach } from "@/lib/states/caller";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, makeStaff, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { listAuditActors, selectActors } from "./list-audit-actors";

const database = useDatabase();
let fixtures: Fixture[];
let [ada, ben]: Caller[] = [];

beforeAll(async () => {
  const { owner, db } = database();
  fixtures = [await seedFixture(owner), await seedFixture(owner), await seedFixture(owner)];
  ada = await makeStaff(owner, "admin", "Ada");
  ben = await makeStaff(owner, "support", "Ben");
  const renamed = { ...ada, actor: { ...ada.actor, name: "Zoe" } };
  const cancels: [Caller, Fixture][] = [
    [ada, fixtures[0]!],
    [renamed, fixtures[0]!],
    [ben, fixtures[0]!],
    [ada, fixtures[1]!],
  ];
  for (const [caller, fixture] of cancels) {
    const runId = await makeRun(owner, fixture);
    await cancelRun(db, caller, { runId, reason: "a test", context: TEST_CONTEXT });
  }
});

const list = (...found: Fixture[]) =>
  listAuditActors(database().db, { all: false, orgIds: found.map(({ orgId }) => orgId) });

test("full reach: every actor once, by their latest name", async () => {
  expect(await listAuditActors(database().db, { all: true })).toEqual([
    { id: ada!.actor.id, name: "Ada", detail: ada!.actor.email },
    { id: ben!.actor.id, name: "Ben", detail: ben!.actor.email },
  ]);
});

test("limited reach: actors within it, by their latest name there", async () => {
  expect(await list(fixtures[0]!)).toEqual([
    { id: ben!.actor.id, name: "Ben", detail: ben!.actor.email },
    { id: ada!.actor.id, name: "Zoe", detail: ada!.actor.email },
  ]);
  expect(await list(fixtures[1]!)).toEqual([{ id: ada!.actor.id, name: "Ada", detail: ada!.actor.email }]);
  expect(await list(fixtures[0]!, fixtures[1]!, fixtures[2]!)).toEqual([
    { id: ada!.actor.id, name: "Ada", detail: ada!.actor.email },
    { id: ben!.actor.id, name: "Ben", detail: ben!.actor.email },
  ]);
  expect(await list(fixtures[2]!)).toEqual([]);
  expect(await list()).toEqual([]);
});

/** An empty month costs one block per organization. */
const MONTHS = 2 * 14;

test("limited reach: same cost, regardless of its actors' entries elsewhere", async () => {
  const { owner, db } = database();
  const [far, near] = [await seedFixture(owner), await seedFixture(owner)];
  await owner.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
       target_label, source, request_id, meta)
     SELECT $1, 'run.cancelled', date_trunc('month', now()) + n * interval '1 millisecond', 'user', md5('actor' || n % 20)::uuid, 'Actor', 'run',
       gen_random_uuid(), 'x', 'api', 'req_x', '{"reason": null, "ticket": null}' FROM generate_series(1, 20000) n`,
    [far.orgId],
  );
  await owner.query("VACUUM ANALYZE audit_entries");
  const reach: Reach = { all: false, orgIds: [near.orgId, fixtures[0]!.orgId] };
  expect(await listAuditActors(db, reach)).toHaveLength(2);
  const [explained] = await db.$queryRaw<{ "QUERY PLAN": [{ Plan: Record<string, number> }] }[]>(
    Prisma.sql`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${selectActors(reach)}`,
  );
  const plan = explained!["QUERY PLAN"][0].Plan;
  expect(plan["Shared Hit Blocks"]! + plan["Shared Read Blocks"]!).toBeLessThan(50 + MONTHS);
});
