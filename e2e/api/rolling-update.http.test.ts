import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyDatabase } from "@/lib/audit/verify/verify-database";
import { reconcile } from "@/lib/billing/reconcile";
import { startBatch } from "@/lib/cancellation-batches/start-batch";
import { makePlan, makeQueuedRuns } from "@/test/cancellation-batches";
import { makeKey, makePerson } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { countUnsealed } from "@/test/faulty-database";
import { type Fixture, makeStaff, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import type { LoadBalancer } from "@/test/load-balancer";
import { defaultProxy, startProxy } from "@/test/proxy";
import { type Receiver, startReceiver } from "@/test/receiver";
import { type Fleet, startFleet, THIS, type Version } from "./rolling/fleet";
import { startLoad, type Tally } from "./rolling/load";

/** Cancels in each phase: a few in `npm test`; `npm run drill -- update` does more. */
const CANCELS = Number(process.env["UPDATE_CANCELS"] || 60);
const PROXY = process.env["UPDATE_PROXY"] || defaultProxy();
/** The version before, which the drill builds; else this one. */
const BEFORE: Version = process.env["UPDATE_FROM"]
  ? { folder: process.env["UPDATE_FROM"], distDir: ".next" }
  : THIS;
/** The replacements in their order; after the version before, also the way back. */
const STEPS: [number, Version][] = [
  [0, THIS],
  [1, THIS],
  ...(BEFORE === THIS ? [] : ([[0, BEFORE]] satisfies [number, Version][])),
];
const BATCH = 200;
const PATIENCE = { timeout: 60_000 + CANCELS * 100, interval: 100 };

const database = useDatabase();
let fixture: Fixture;
let fleet: Fleet;
let balancer: LoadBalancer;
let receiver: Receiver;

beforeAll(async () => {
  fixture = await seedFixture(database().owner);
  receiver = await startReceiver();
  fleet = await startFleet(database(), BEFORE);
  balancer = await startProxy(PROXY, fleet.ports);
}, 240_000);
afterAll(async () => {
  await balancer?.close();
  await fleet?.stop();
  await receiver?.close();
});

async function beginLoad(): Promise<Tally> {
  const { owner } = database();
  const { id: ownerId } = await makePerson(owner, { role: "admin" });
  const { headers: admin } = await makeKey(owner, { ownerId });
  const { headers: customer } = await makeKey(owner, {
    ownerId: fixture.customer.person.id,
    orgId: fixture.orgId,
  });
  const { baseUrl } = balancer;
  return startLoad({
    baseUrl,
    customer,
    admin,
    model: fixture.model,
    callbackUrl: `${receiver.origin}/hook`,
  });
}

/** Lets the load continue until CANCELS more runs are canceled. */
async function letWork(tally: Tally): Promise<void> {
  const goal = tally.canceled.length + CANCELS;
  await expect.poll(() => tally.canceled.length, PATIENCE).toBeGreaterThanOrEqual(goal);
}

/** A bulk cancellation that lasts for the whole update. */
async function beginBatch(): Promise<{ id: string; runIds: string[] }> {
  const { owner, db } = database();
  const caller = await makeStaff(owner, "admin", "Ada Admin");
  const runIds = await makeQueuedRuns(owner, fixture, BATCH);
  const id = await makePlan(database(), fixture, { runIds, caller });
  await owner.query("UPDATE cancellation_batches SET rate_limit = 10 WHERE id = $1", [id]);
  await startBatch(db, { caller, context: TEST_CONTEXT, id, expectedCount: BATCH });
  return { id, runIds };
}

test(
  `16 connections while web servers and workers are replaced one by one: no failed request, no effect lost or doubled`,
  { timeout: 300_000 + CANCELS * 1_000 },
  async () => {
    const { owner } = database();
    const batch = await beginBatch();
    const tally = await beginLoad();
    await letWork(tally);
    for (const [index, version] of STEPS) {
      expect(await fleet.replace(index, version)).toEqual([0, 0]);
      // After the first, both versions run side by side.
      await letWork(tally);
    }
    await owner.query("UPDATE cancellation_batches SET rate_limit = NULL WHERE id = $1", [batch.id]);
    const readState = async () =>
      (await owner.query("SELECT state FROM cancellation_batches WHERE id = $1", [batch.id])).rows[0]
        ?.state as string;
    await expect.poll(readState, PATIENCE).toBe("completed");
    await tally.stop();
    if (tally.failures.length > 0) console.log(await balancer.readErrors?.());
    expect(tally.failures).toEqual([]);
    await judge(tally, batch.runIds);
  },
);

/** Each effect of each confirmed request and of the batch, once. */
async function judge(tally: Tally, batchRunIds: string[]): Promise<void> {
  const { owner, db, ownerUrl } = database();
  const { rows } = await owner.query<{
    id: string;
    status_code: string;
    entries: number;
    deliveries: number;
  }>(
    `SELECT id, status_code,
       (SELECT count(*)::int FROM audit_entries e WHERE e.target_id = r.id AND e.action = 'run.cancelled') AS entries,
       (SELECT count(*)::int FROM deliveries d WHERE d.run_id = r.id) AS deliveries
     FROM runs r`,
  );
  const runs = new Map(rows.map(({ id, ...run }) => [id, run]));
  const once = { status_code: "canceled", entries: 1, deliveries: 1 };
  expect(new Set(tally.created).size).toBe(tally.created.length);
  expect([...runs.keys()].toSorted()).toEqual([...tally.created, ...batchRunIds].toSorted());
  expect(tally.canceled.toSorted()).toEqual(tally.created.toSorted());
  expect(tally.canceled.filter((id) => JSON.stringify(runs.get(id)) !== JSON.stringify(once))).toEqual([]);
  expect(batchRunIds.filter((id) => runs.get(id)!.entries !== 1)).toEqual([]);

  const pending = async () =>
    (await owner.query("SELECT FROM deliveries WHERE state <> 'delivered'")).rowCount;
  await expect.poll(pending, PATIENCE).toBe(0);
  const heard = receiver.heard.map(({ headers }) => String(headers["runflow-request-id"]));
  const { rows: sent } = await owner.query<{ id: string }>("SELECT id FROM deliveries");
  expect(heard.toSorted()).toEqual(sent.map(({ id }) => id).toSorted());

  await expect.poll(() => countUnsealed(owner), PATIENCE).toBe(0);
  const [first = 0] = tally.positions;
  expect(tally.positions).toEqual(tally.positions.map((_, at) => first + at));
  expect(tally.positions.length).toBeGreaterThan(CANCELS);
  expect((await verifyDatabase(ownerUrl, { keys: [], copies: [], archives: [] })).holds).toBe(true);
  expect(await reconcile(db)).toEqual([]);
  console.log(
    `${PROXY}: ${tally.created.length} runs created and canceled, ${heard.length} callbacks, 0 failed requests`,
  );
}

test("control: a killed web server fails requests", { timeout: 300_000 }, async () => {
  const tally = await beginLoad();
  const countFailures = async () => {
    await letWork(tally);
    await fleet.crash(0);
    return tally.failures.length;
  };
  await expect.poll(countFailures, { timeout: 240_000 }).toBeGreaterThan(0);
  await tally.stop();
});
