import type { PoolClient } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sealEntries } from "@/lib/audit/sealing/seal-entries";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import { LeadershipLost } from "@/lib/platform/db/fence";
import { useDatabase } from "@/test/database";
import { seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { type Lease, SEALER, tryAcquireLease } from "./lease";

const database = useDatabase();
let clients: PoolClient[];
const leases: Lease[] = [];

beforeEach(async () => {
  const { worker } = database();
  clients = await Promise.all([worker.connect(), worker.connect()]);
  for (const client of clients) client.on("error", () => {});
});
afterEach(async () => {
  for (const lease of leases.splice(0)) await lease.release();
  clients.forEach((client) => client.release(true));
  await database().owner.query("DELETE FROM leaderships");
});

const acquire = async (index: 0 | 1): Promise<Lease | undefined> => {
  const lease = await tryAcquireLease(clients[index]!, database().workerDb, SEALER);
  if (lease) leases.push(lease);
  return lease;
};
/** Simulates the time that passes while a leader is frozen or cut off. */
const expire = () => database().owner.query("UPDATE leaderships SET expires_at = '-infinity'");

test("lease: one of many simultaneous attempts gets it", async () => {
  const { worker, workerDb } = database();
  const many = await Promise.all(Array.from({ length: 10 }, () => worker.connect()));
  for (let round = 1; round <= 3; round++) {
    const taken = await Promise.all(many.map((client) => tryAcquireLease(client, workerDb, SEALER)));
    const leaders = taken.filter((lease) => lease !== undefined);
    expect(leaders.map(({ epoch }) => epoch)).toEqual([String(round)]);
    await leaders[0]!.release();
  }
  many.forEach((client) => client.release());
});

test("lease: free when its holder releases it or its session ends, not before", async () => {
  const first = await acquire(0);
  expect(await acquire(1)).toBeUndefined();
  await first!.release();
  expect(first!.isHeld()).toBe(false);
  expect(await acquire(1)).toMatchObject({ epoch: "2" });

  const { owner } = database();
  await owner.query("SELECT pg_terminate_backend(session_pid, 5000) FROM leaderships");
  expect(await acquire(0)).toMatchObject({ epoch: "3" });
});

test("lease: a former leader learns of its loss and can't take it back", async () => {
  const former = await acquire(0);
  await expire();
  const leader = await acquire(1);
  expect(leader).toMatchObject({ epoch: "2" });
  await expect.poll(() => former!.isHeld(), { timeout: 20_000 }).toBe(false);
  await former!.release();
  expect(leader!.isHeld()).toBe(true);
  expect(await acquire(0)).toBeUndefined();
});

test("fencing: a former leader that wakes up during a step seals nothing", async () => {
  const { db, owner } = database();
  const { orgId, support } = await seedFixture(owner);
  const target = { type: "webhook" as const, id: orgId, label: "x" };
  await writeEntry(db, {
    caller: support,
    context: TEST_CONTEXT,
    orgId,
    action: "webhook.tested",
    target,
    meta: {},
  });
  const former = await acquire(0);
  await expire();
  const leader = await acquire(1);
  const seals = async () => (await owner.query("SELECT FROM audit_seals")).rowCount;

  await expect(sealEntries(clients[0]!, 10, new Set(), former)).rejects.toThrow(LeadershipLost);
  expect(await seals()).toBe(0);
  expect(await sealEntries(clients[1]!, 10, new Set(), leader)).toBe(1);
  expect(await seals()).toBe(1);
});

test("fencing: the epoch never decreases", async () => {
  await acquire(0);
  await expire();
  await acquire(1);
  const back = database().worker.query("UPDATE leaderships SET epoch = 1");
  await expect(back).rejects.toMatchObject({ constraint: "leaderships_onward" });
});

test("lease: readable by the web server", async () => {
  await acquire(0);
  const read = database().app.query("SELECT name, epoch FROM leaderships");
  await expect(read).resolves.toMatchObject({ rowCount: 1 });
});

test.each([
  "SELECT FROM leaderships FOR SHARE",
  "SELECT FROM leaderships FOR KEY SHARE",
  "UPDATE leaderships SET expires_at = 'infinity'",
  "INSERT INTO leaderships VALUES ('x', 1, 1, now())",
  "DELETE FROM leaderships",
  "BEGIN; LOCK TABLE leaderships IN ROW SHARE MODE",
  "DELETE FROM worker_heartbeats",
  "UPDATE worker_heartbeats SET beat_at = now()",
])("lease: the web server can't take, hold or end it: %s", async (sql) => {
  await expect(database().app.query(sql)).rejects.toMatchObject({ code: "42501" });
});
