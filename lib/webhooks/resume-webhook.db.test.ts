import type { PoolClient } from "pg";
import { beforeEach, expect, test } from "vitest";
import type { Caller } from "@/lib/states/caller";
import { recordAttempt } from "@/lib/deliveries/record-attempt";
import { startAttempt } from "@/lib/deliveries/start-attempt";
import { useDatabase } from "@/test/database";
import { endRuns, makeRunWithCallback, makeWebhook } from "@/test/deliveries";
import { type Fixture, makeStaff, seedFixture, TEST_CONTEXT as context } from "@/test/fixture";
import { type Receiver, startReceiver } from "@/test/receiver";
import { workOff } from "@/test/work-off";
import { resumeWebhook } from "./resume-webhook";

const database = useDatabase();
let fixture: Fixture;
let admin: Caller;
let receiver: Receiver;
let webhookId: string;

beforeEach(async () => {
  const { owner } = database();
  fixture = await seedFixture(owner);
  admin = await makeStaff(owner, "admin");
  receiver = await startReceiver();
  webhookId = await makeWebhook(owner, fixture.orgId, `${receiver.origin}/hook`, ["run.failed"]);
  return () => receiver.close();
});

const resume = (caller = admin) => resumeWebhook(database().db, { caller, context, webhookId });

async function readState() {
  const { rows } = await database().owner.query<{ state: string; failures: number; entries: number }>(
    `SELECT string_agg(d.state, ',' ORDER BY d.state) AS state,
       (SELECT sum(failures_in_row)::int FROM delivery_endpoints e WHERE e.org_id = $1) AS failures,
       (SELECT count(*)::int FROM audit_entries WHERE target_id = $2) AS entries
     FROM deliveries d WHERE d.org_id = $1`,
    [fixture.orgId, webhookId],
  );
  return rows[0]!;
}

/** A webhook's delivery and a callback's delivery wait for an endpoint that is paused for an hour. */
async function pause(): Promise<void> {
  const { owner } = database();
  await endRuns(owner, [await makeRunWithCallback(owner, fixture, `${receiver.origin}/callback`)]);
  await owner.query(
    "UPDATE delivery_endpoints SET failures_in_row = 21, open_until = now() + interval '1 hour' WHERE org_id = $1",
    [fixture.orgId],
  );
  await workOff(database());
  expect(receiver.heard).toHaveLength(0);
}

test("resume webhook: sends its endpoint's waiting deliveries once, with one entry", async () => {
  await pause();
  const { hasChanged, webhook } = await resume();
  expect(hasChanged).toBe(true);
  expect(webhook).toMatchObject({ id: webhookId, paused_until: null, failures_in_row: 0, sent_count: 2 });
  await workOff(database());
  expect(receiver.heard).toHaveLength(2);
  expect(await readState()).toEqual({ state: "delivered,delivered", failures: 0, entries: 1 });
  const { rows } = await database().owner.query<{ action: string; meta: object }>(
    "SELECT action, meta FROM audit_entries WHERE target_id = $1",
    [webhookId],
  );
  expect(rows).toEqual([
    {
      action: "webhook.updated",
      meta: expect.objectContaining({ changes: { paused_until: [expect.any(String), null] }, sent_count: 2 }),
    },
  ]);
});

test("resume webhook: writes no entry if nothing was paused or waiting", async () => {
  expect(await resume()).toMatchObject({ hasChanged: false, webhook: { sent_count: 0 } });
  expect((await readState()).entries).toBe(0);
});

test("resume webhook: changes nothing out of reach", async () => {
  await pause();
  const elsewhere = { all: false, orgIds: [(await seedFixture(database().owner)).orgId] } as const;
  await expect(resume({ ...admin, reach: elsewhere })).rejects.toMatchObject({ code: "WEBHOOK_NOT_FOUND" });
  expect(await readState()).toEqual({ state: "pending,pending", failures: 21, entries: 0 });
});

test("resume webhook: two at once send everything once", async () => {
  await pause();
  await Promise.all([resume(), resume()]);
  await workOff(database());
  expect(receiver.heard).toHaveLength(2);
  expect((await readState()).state).toBe("delivered,delivered");
});

const readJobs = async () =>
  (
    await database().owner.query<{ count: number; due: number }>(
      `SELECT count(*)::int, count(*) FILTER (WHERE run_at <= now())::int AS due
       FROM graphile_worker._private_jobs j JOIN deliveries d ON d.id::text = j.payload ->> 'id'
       WHERE d.org_id = $1`,
      [fixture.orgId],
    )
  ).rows[0]!;

test("resume webhook: repeated, makes no more jobs", async () => {
  await pause();
  expect(await readJobs()).toMatchObject({ due: 0 });
  const { count } = await readJobs();
  for (let n = 0; n < 3; n++) await resume();
  expect(await readJobs()).toEqual({ count, due: count });
});

test("resume webhook: also sends a delivery that a worker postpones at the same time", async () => {
  await pause();
  await withWorker(async (worker) => {
    expect(await startAttempt(worker, { id: await anyDelivery(), attempt: 1 })).toBeUndefined();
    const resumed = resume();
    await expect.poll(countBlocked).toBe(1);
    await worker.query("COMMIT");
    await resumed;
  });
  const { count, due } = await readJobs();
  expect(due).toBe(count);
});

test("resume webhook: waits for an attempt that is being recorded", async () => {
  await pause();
  await withWorker(async (worker) => {
    const id = await anyDelivery();
    // As `recordAttempt` does first: it locks the endpoint after the delivery.
    await worker.query("SELECT FROM deliveries WHERE id = $1 FOR UPDATE", [id]);
    const resumed = resume();
    await expect.poll(countBlocked).toBe(1);
    await recordAttempt(worker, { id, attempt: 1 }, { ...ATTEMPT, startedAt: new Date() });
    await worker.query("COMMIT");
    expect(await resumed).toMatchObject({ webhook: { sent_count: 1, failures_in_row: 0 } });
  });
  expect((await readState()).state).toBe("delivered,pending");
});

const ATTEMPT = {
  durationMs: 5,
  secretId: null,
  outcome: { isDelivered: true, isFinal: false, status: 200, error: null, responseBody: null },
};

async function withWorker(act: (worker: PoolClient) => Promise<void>): Promise<void> {
  const worker = await database().owner.connect();
  try {
    await worker.query("BEGIN");
    await act(worker);
  } finally {
    worker.release(true);
  }
}

async function anyDelivery(): Promise<string> {
  const { rows } = await database().owner.query<{ id: string }>(
    "SELECT id FROM deliveries WHERE org_id = $1 LIMIT 1",
    [fixture.orgId],
  );
  return rows[0]!.id;
}

async function countBlocked(): Promise<number | null> {
  const { rowCount } = await database().owner.query(
    "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
  );
  return rowCount;
}
