import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { cancelRun } from "@/lib/runs/cancel-run";
import { createClient } from "@/lib/platform/db/client";
import { runDueJobs } from "@/test/run-due-jobs";
import { createBatchTask } from "./run-batch";
import { revokeKey } from "@/lib/keys/revoke-key";
import { suspendKey } from "@/lib/keys/suspend-key";
import { disablePerson } from "@/lib/people/disable-person";
import type { Caller } from "@/lib/states/caller";
import { makeKey } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { type Fixture, makeRun, makeStaff, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { abortBatch } from "./abort-batch";
import { cancelChunk } from "./cancel-chunk";
import { changeBatch } from "./change-batch";
import { countSelection } from "./count-selection";
import { getBatch } from "./get-batch";
import { planBatch } from "./plan-batch";
import { retryBatch } from "./retry-batch";
import { startBatch } from "./start-batch";

const database = useDatabase();
const context = TEST_CONTEXT;
const reason = "Ticket #4821: abuse of a key";
let fixture: Fixture;
let other: Fixture;
let ada: Caller;
let ben: Caller;

beforeAll(async () => {
  const { owner } = database();
  [fixture, other] = [await seedFixture(owner), await seedFixture(owner)];
  [ada, ben] = [await makeStaff(owner, "admin", "Ada"), await makeStaff(owner, "admin", "Ben")];
});

const makeRuns = (count: number, traits: Parameters<typeof makeRun>[2] = {}, of = fixture) =>
  Promise.all(Array.from({ length: count }, () => makeRun(database().owner, of, traits)));
const plan = (runIds: string[], caller = ada) =>
  planBatch(database().db, { caller, context, body: { reason, run_ids: runIds } });
const start = ({ id, counts }: CancellationBatch, caller = ada) =>
  startBatch(database().db, { caller, context, id, expectedCount: counts.cancelable });
const read = (id: string, caller = ada) => getBatch(database().db, caller, id);
const outcomesOf = async (id: string): Promise<Record<string, number | null>> => {
  const { rows } = await database().owner.query<{ run_id: string; outcome: number | null }>(
    "SELECT run_id, outcome FROM cancellation_items WHERE batch_id = $1",
    [id],
  );
  return Object.fromEntries(rows.map(({ run_id, outcome }) => [run_id, outcome]));
};
async function work(id: string, size = 500): Promise<void> {
  while (!(await cancelChunk(database().workerDb, id, size, true)).isOver);
}
const entriesOf = async (ids: string[], action: string) =>
  (
    await database().owner.query<{ target_id: string; actor_id: string; source: string; meta: object }>(
      "SELECT target_id, actor_id, source, meta FROM audit_entries WHERE target_id = ANY($1) AND action = $2",
      [ids, action],
    )
  ).rows;

test("batch: each run gets the outcome of a single cancel, and each transition its own entry", async () => {
  const live = await makeRuns(40);
  const [ended] = await makeRuns(1, { status: "succeeded" });
  const [own] = await makeRuns(1, { createdBy: ada.person.id });
  const unknown = randomUUID();
  const planned = await plan([...live, ended!, own!, unknown]);
  expect(planned).toMatchObject({
    state: "planned",
    ticket: "#4821",
    counts: { total: 43, excluded: 0, cancelable: 40, terminal: 1, out_of_reach: 1, own: 1 },
    summary: { by_customer: [{ org_id: fixture.orgId, runs: 40 }], value_at_stake: "4" },
    org_ids: [fixture.orgId],
  });
  expect(await entriesOf(live, "run.cancelled")).toEqual([]);

  await start(planned);
  await work(planned.id, 7);
  expect(await outcomesOf(planned.id)).toEqual({
    ...Object.fromEntries(live.map((id) => [id, 201])),
    [ended!]: 200,
    [own!]: 409,
    [unknown]: 404,
  });
  const done = await read(planned.id);
  expect(done).toMatchObject({
    state: "completed",
    progress: { canceled: 40, unchanged: 1, not_found: 1, refused: 1, failed: 0, remaining: 0 },
  });
  const entries = await entriesOf([...live, ended!, own!], "run.cancelled");
  expect(new Set(entries.map(({ target_id }) => target_id))).toEqual(new Set(live));
  expect(entries).toHaveLength(40);
  for (const entry of entries) {
    expect(entry).toMatchObject({
      actor_id: ada.person.id,
      source: "bulk",
      meta: { reason, ticket: "#4821", batch_id: planned.id, status_after: "canceled" },
    });
  }
  for (const action of ["batch.created", "batch.started", "batch.completed"])
    expect(await entriesOf([planned.id], action)).toHaveLength(1);
});

test("runs of a key that the caller made: counted as own, and refused", async () => {
  const { owner } = database();
  const { id: apiKeyId } = await makeKey(owner, {
    ownerId: fixture.customer.person.id,
    orgId: fixture.orgId,
    madeBy: ada.person.id,
  });
  const own = await makeRuns(3, { apiKeyId });
  const live = await makeRuns(2);
  const planned = await plan([...own, ...live]);
  expect(planned.counts).toMatchObject({ cancelable: 2, own: 3 });
  await start(planned);
  await work(planned.id);
  const outcomes = [...own.map((id) => [id, 409]), ...live.map((id) => [id, 201])];
  expect(await outcomesOf(planned.id)).toEqual(Object.fromEntries(outcomes));
});

test("plan by expression: the ids are frozen, within reach and one customer", async () => {
  const batchId = randomUUID();
  const mark = async (ids: string[]) =>
    database().owner.query("UPDATE runs SET batch_id = $2 WHERE id = ANY($1)", [ids, batchId]);
  const [mine, theirs] = [await makeRuns(3), await makeRuns(2, {}, other)];
  await mark([...mine, ...theirs]);
  const q = `batch_id:${batchId}`;
  const both = await planBatch(database().db, { caller: ada, context, body: { reason, q } });
  expect(both.counts.cancelable).toBe(5);
  expect(new Set(both.org_ids)).toEqual(new Set([fixture.orgId, other.orgId]));
  const one = await planBatch(database().db, {
    caller: ada,
    context,
    body: { reason, q, org_id: other.orgId },
  });
  expect(Object.keys(await outcomesOf(one.id)).sort()).toEqual([...theirs].sort());

  await mark(await makeRuns(2));
  expect((await read(both.id)).counts.total).toBe(5);
  const near = { ...ben, reach: { all: false, orgIds: [fixture.orgId] } as const };
  expect((await planBatch(database().db, { caller: near, context, body: { reason, q } })).counts.total).toBe(
    5,
  );
  await expect(read(both.id, near)).rejects.toMatchObject({ code: "CANCELLATION_BATCH_NOT_FOUND" });
  await expect(
    planBatch(database().db, { caller: near, context, body: { reason, q, org_id: other.orgId } }),
  ).rejects.toMatchObject({ code: "ORGANIZATION_MEMBERSHIP_REQUIRED" });
});

test("count selection: matching and live runs in reach", async () => {
  const live = await makeRuns(2);
  const [ended] = await makeRuns(1, { status: "failed" });
  const [theirs] = await makeRuns(1, {}, other);
  const q = [...live, ended, theirs].map((id) => `id:${id}`).join(" OR ");
  expect(await countSelection(database().db, ada.reach, q)).toEqual({ matching: 4, live: 3 });
  const near = { all: false, orgIds: [fixture.orgId] } as const;
  expect(await countSelection(database().db, near, q)).toEqual({ matching: 3, live: 2 });
});

describe("refused", () => {
  const counted = async () =>
    (await database().owner.query<{ n: number }>("SELECT count(*)::int AS n FROM cancellation_batches"))
      .rows[0]!.n;

  test("empty plans leave nothing", async () => {
    const before = await counted();
    await expect(plan([randomUUID()])).rejects.toMatchObject({
      options: { errors: [{ type: "plan_empty", loc: ["body", "run_ids"] }] },
    });
    await expect(
      planBatch(database().db, { caller: ada, context, body: { reason, q: `batch_id:${randomUUID()}` } }),
    ).rejects.toMatchObject({ options: { errors: [{ type: "plan_empty", loc: ["body", "q"] }] } });
    expect(await counted()).toBe(before);
  });

  test("start with another count, twice, expired, and out of reach: nothing is queued", async () => {
    const [first, second] = await makeRuns(2);
    const planned = await plan([first!, second!]);
    await cancelRun(database().db, ben, { runId: first!, reason, context });
    await expect(start(planned)).rejects.toMatchObject({
      options: { errors: [{ type: "plan_changed", loc: ["body", "expected_count"] }] },
    });
    const near = { ...ada, reach: { all: false, orgIds: [other.orgId] } as const };
    const current = await read(planned.id);
    await expect(start(current, near)).rejects.toMatchObject({ code: "CANCELLATION_BATCH_NOT_FOUND" });
    await start(current);
    await expect(start(current)).rejects.toMatchObject({ options: { errors: [{ type: "plan_started" }] } });
    const old = await plan(await makeRuns(1));
    await database().owner.query(
      "UPDATE cancellation_batches SET expires_at = now() - interval '1 s' WHERE id = $1",
      [old.id],
    );
    expect((await read(old.id)).state).toBe("expired");
    await expect(start(old)).rejects.toMatchObject({ options: { errors: [{ type: "plan_expired" }] } });
    expect(await entriesOf([old.id], "batch.started")).toEqual([]);
  });

  test("abort and retry in the wrong state", async () => {
    const planned = await plan(await makeRuns(1));
    const ask = { caller: ada, context, id: planned.id };
    await expect(abortBatch(database().db, ask)).rejects.toMatchObject({
      options: { errors: [{ type: "batch_not_running" }] },
    });
    await expect(retryBatch(database().db, ask)).rejects.toMatchObject({
      options: { errors: [{ type: "plan_not_started" }] },
    });
    await start(planned);
    await expect(retryBatch(database().db, ask)).rejects.toMatchObject({
      options: { errors: [{ type: "batch_running" }] },
    });
    await work(planned.id);
    await expect(retryBatch(database().db, ask)).rejects.toMatchObject({
      options: { errors: [{ type: "nothing_to_retry" }] },
    });
  });
});

test("run out of reach of the plan: stays out, even if a person with more access starts it", async () => {
  const [mine] = await makeRuns(1);
  const [theirs] = await makeRuns(1, {}, other);
  const near = { ...ben, reach: { all: false, orgIds: [fixture.orgId] } as const };
  const planned = await plan([mine!, theirs!], near);
  const seen = await read(planned.id);
  expect(seen.counts).toMatchObject({ cancelable: 1, out_of_reach: 1 });
  await start(seen);
  await work(planned.id);
  expect(await outcomesOf(planned.id)).toEqual({ [mine!]: 201, [theirs!]: 404 });
  expect(await entriesOf([theirs!], "run.cancelled")).toEqual([]);
});

test("excluded runs stay as they are, and can't be excluded once it runs", async () => {
  const runIds = await makeRuns(3);
  const planned = await plan(runIds);
  const change = (body: Parameters<typeof changeBatch>[3]) =>
    changeBatch(database().db, ada, planned.id, body);
  await expect(change({ exclude_run_ids: [randomUUID()] })).rejects.toMatchObject({
    options: { errors: [{ type: "not_in_plan" }] },
  });
  const changed = await change({ exclude_run_ids: [runIds[0]!] });
  expect(changed.counts).toMatchObject({ total: 3, excluded: 1, cancelable: 2 });
  await start(changed);
  await expect(change({ exclude_run_ids: [runIds[1]!] })).rejects.toMatchObject({
    options: { errors: [{ type: "plan_started" }] },
  });
  await work(planned.id);
  expect(await outcomesOf(planned.id)).toEqual({ [runIds[0]!]: null, [runIds[1]!]: 201, [runIds[2]!]: 201 });
  expect(await entriesOf([runIds[0]!], "run.cancelled")).toEqual([]);
});

test("excluded runs can be put back until it starts; a refused change changes nothing", async () => {
  const runIds = await makeRuns(3);
  const [first, second, third] = runIds as [string, string, string];
  const planned = await plan(runIds);
  const change = (body: Parameters<typeof changeBatch>[3]) =>
    changeBatch(database().db, ada, planned.id, body);
  const refusedAs = (type: string, loc: string[]) => ({ options: { errors: [{ type, loc }] } });
  await change({ exclude_run_ids: [first, second] });
  await expect(change({ exclude_run_ids: [third], include_run_ids: [randomUUID()] })).rejects.toMatchObject(
    refusedAs("not_in_plan", ["body", "include_run_ids"]),
  );
  expect((await read(planned.id)).counts).toMatchObject({ total: 3, excluded: 2, cancelable: 1 });

  const changed = await change({ exclude_run_ids: [third], include_run_ids: [first.toUpperCase()] });
  expect(changed.counts).toMatchObject({ excluded: 2, cancelable: 1 });
  expect((await change({ include_run_ids: [first] })).counts).toEqual(changed.counts);
  await start(changed);
  await expect(change({ include_run_ids: [second] })).rejects.toMatchObject(refusedAs("plan_started", []));
  expect((await read(planned.id)).progress.remaining).toBe(1);
  await work(planned.id);
  expect(await outcomesOf(planned.id)).toEqual({ [first]: 201, [second]: null, [third]: null });
});

test("put back while others start: either the start or the plan's change wins, and counts agree", async () => {
  for (let round = 0; round < 5; round++) {
    const runIds = await makeRuns(4);
    const planned = await plan(runIds);
    const left = await changeBatch(database().db, ada, planned.id, { exclude_run_ids: [runIds[0]!] });
    const [started, changed] = await Promise.allSettled([
      start(left),
      changeBatch(database().db, ben, planned.id, { include_run_ids: [runIds[0]!] }),
    ]);
    expect([started, changed].filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { state, progress } = await read(planned.id);
    expect({ state, remaining: progress.remaining }).toEqual(
      started.status === "fulfilled"
        ? { state: "running", remaining: 3 }
        : { state: "planned", remaining: 4 },
    );
    if (state === "running") await work(planned.id);
  }
});

test("plan for one customer: keeps it", async () => {
  const q = `model:'${fixture.model}'`;
  const make = (body: object) =>
    planBatch(database().db, { caller: ada, context, body: { reason, q, ...body } });
  await makeRuns(1);
  const limited = await make({ org_id: fixture.orgId });
  expect(limited).toMatchObject({ org_id: fixture.orgId, org_ids: [fixture.orgId] });
  expect((await read(limited.id)).org_id).toBe(fixture.orgId);
  expect(await make({})).toMatchObject({ org_id: null, org_ids: [fixture.orgId] });
});

test("abort: nothing more is canceled, and a retry takes failures only, in another's name", async () => {
  const own = await makeRuns(2, { createdBy: ada.person.id, ageMs: 3_600_000 });
  const live = await makeRuns(6);
  const planned = await plan([...own, ...live]);
  await start(planned);
  await cancelChunk(database().workerDb, planned.id, 4, true);
  const aborted = await abortBatch(database().db, { caller: ben, context, id: planned.id });
  expect(aborted).toMatchObject({
    state: "aborted",
    aborted_by: { id: ben.person.id },
    progress: { canceled: 2, refused: 2, remaining: 4 },
  });
  expect(await cancelChunk(database().workerDb, planned.id, 4, true)).toMatchObject({ isOver: true });
  expect(await entriesOf(live, "run.cancelled")).toHaveLength(2);

  const retried = await retryBatch(database().db, { caller: ben, context, id: planned.id });
  expect(retried).toMatchObject({ state: "running", started_by: { id: ben.person.id } });
  await work(planned.id);
  expect((await read(planned.id)).progress).toMatchObject({ canceled: 4, refused: 0, remaining: 0 });
  const again = await entriesOf(own, "run.cancelled");
  expect(again.map(({ actor_id }) => actor_id)).toEqual([ben.person.id, ben.person.id]);
  expect(await entriesOf(live, "run.cancelled")).toHaveLength(2);
});

test("many workers, two overlapping batches and single cancels at once: one entry for each run", async () => {
  const runIds = await makeRuns(300);
  const [first, second] = [await plan(runIds.slice(0, 200)), await plan(runIds.slice(100), ben)];
  await Promise.all([start(first), start(second, ben)]);
  const single = runIds.filter((_, index) => index % 10 === 0);
  await Promise.all([
    ...[first, second, first, second].map(({ id }) => work(id, 20)),
    ...single.map((runId) => cancelRun(database().db, ben, { runId, reason, context })),
  ]);
  const entries = await entriesOf(runIds, "run.cancelled");
  expect(entries).toHaveLength(300);
  expect(new Set(entries.map(({ target_id }) => target_id)).size).toBe(300);
  const outcomes = [await outcomesOf(first.id), await outcomesOf(second.id)];
  const won = outcomes.flatMap((of) => Object.values(of)).filter((outcome) => outcome === 201).length;
  const bySingle = entries.filter(({ source }) => source !== "bulk").length;
  expect(won + bySingle).toBe(300);
  for (const { id } of [first, second]) expect((await read(id)).progress.remaining).toBe(0);
});

test("run held by another request: skipped while others go on, then settled as 503, and retried", async () => {
  const runIds = await makeRuns(3);
  const planned = await plan(runIds);
  await start(planned);
  const holder = await database().owner.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT FROM runs WHERE id = $1 FOR UPDATE", [runIds[1]]);
  const { workerDb } = database();
  expect(await cancelChunk(workerDb, planned.id, 10, true)).toMatchObject({ settled: 2, left: 1 });
  expect(await cancelChunk(workerDb, planned.id, 10, true)).toMatchObject({ settled: 0, left: 1 });
  expect(await cancelChunk(workerDb, planned.id, 10, false)).toMatchObject({ settled: 1, left: 0 });
  await holder.query("COMMIT");
  holder.release();
  await work(planned.id);
  expect((await outcomesOf(planned.id))[runIds[1]!]).toBe(503);
  await retryBatch(database().db, { caller: ada, context, id: planned.id });
  await work(planned.id);
  expect((await outcomesOf(planned.id))[runIds[1]!]).toBe(201);
});

test("starter disabled, or their key stopped: their running batches end, and others go on", async () => {
  const { owner, db } = database();
  const [cleo, dan] = [await makeStaff(owner, "admin", "Cleo"), await makeStaff(owner, "admin", "Dan")];
  const { id: keyId } = await makeKey(owner, { ownerId: dan.person.id, scopes: ["admin"] });
  const script: Caller = {
    ...dan,
    kind: "service",
    actor: { type: "service_key", id: keyId, name: "Script", email: null, role: "admin", keyPrefix: "rf" },
  };
  const { id: secondId } = await makeKey(owner, { ownerId: dan.person.id, scopes: ["admin"] });
  const second = { ...script, actor: { ...script.actor, id: secondId } };
  const [hers, his, paused, ours] = [
    await plan(await makeRuns(1), cleo),
    await plan(await makeRuns(1), script),
    await plan(await makeRuns(1), second),
    await plan(await makeRuns(1)),
  ];
  for (const [batch, caller] of [
    [hers, cleo],
    [his, script],
    [paused, second],
    [ours, ada],
  ] as const)
    await start(batch, caller);
  await disablePerson(db, { caller: ada, context, personId: cleo.person.id, reason: "has left" });
  await revokeKey(db, { caller: ada, context, keyId, reason: "abused" });
  await suspendKey(db, { caller: ada, context, keyId: secondId, reason: "looking", minutes: 60 });
  for (const { id } of [hers, his, paused]) {
    expect(await read(id)).toMatchObject({ state: "aborted", aborted_by: { id: ada.person.id } });
    expect(await entriesOf([id], "batch.aborted")).toHaveLength(1);
  }
  expect((await read(ours.id)).state).toBe("running");
  await work(ours.id);
});

test("chunk that fails: tried again in two seconds each time, not later and later", async () => {
  const { owner, workerUrl } = database();
  const planned = await plan(await makeRuns(1));
  await start(planned);
  const holder = await owner.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT FROM cancellation_batches WHERE id = $1 FOR UPDATE", [planned.id]);
  const hasty = createClient({ url: workerUrl, poolSize: 2, statementTimeoutMs: 300 });
  const work = (db = hasty) => runDueJobs(workerUrl, { cancel_batch: createBatchTask(db) });
  const job =
    "SELECT attempts, run_at <= now() + interval '2 s' AS is_soon FROM graphile_worker.jobs WHERE key = $1";
  for (let time = 0; time < 4; time++) {
    await owner.query("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = $1", [
      `cancel_batch:${planned.id}`,
    ]);
    await work();
    expect((await owner.query(job, [`cancel_batch:${planned.id}`])).rows).toEqual([
      { attempts: 0, is_soon: true },
    ]);
  }
  await holder.query("COMMIT");
  holder.release();
  await owner.query("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = $1", [
    `cancel_batch:${planned.id}`,
  ]);
  // Without the short timeout, which a busy machine may exceed.
  await work(database().workerDb);
  expect((await read(planned.id)).state).toBe("completed");
  await hasty.$disconnect();
});

test("run held for longer than a shift: the patience goes on in the next one, then ends with 503", async () => {
  const { owner, workerUrl, workerDb } = database();
  const [runId] = await makeRuns(1);
  const planned = await plan([runId!]);
  await start(planned);
  const holder = await owner.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT FROM runs WHERE id = $1 FOR UPDATE", [runId]);
  const work = () => runDueJobs(workerUrl, { cancel_batch: createBatchTask(workerDb) });
  const key = `cancel_batch:${planned.id}`;
  const jobs = () =>
    owner.query<{ payload: { heldSince?: number } }>(
      "SELECT payload FROM graphile_worker._private_jobs WHERE key = $1",
      [key],
    );
  const shifting = work();
  await expect.poll(async () => (await jobs()).rows[0]?.payload.heldSince).toBeTypeOf("number");
  await owner.query(
    `UPDATE graphile_worker._private_jobs
     SET payload = json_build_object('id', $2::text, 'heldSince', (extract(epoch FROM now()) - 31) * 1000)
     WHERE key = $1`,
    [key, planned.id],
  );
  await shifting;
  if ((await jobs()).rowCount) await work();
  expect((await read(planned.id)).progress).toMatchObject({ failed: 1, remaining: 0 });
  await holder.query("COMMIT");
  holder.release();
});

describe("the worker", () => {
  const asWorker = (sql: string, values: unknown[] = []) => database().worker.query(sql, values);

  test("cancels nothing outside of a started batch", async () => {
    const [runId] = await makeRuns(1);
    const cancel = `WITH r AS (
        UPDATE runs SET status_code = 'canceled', completed_at = date_trunc('milliseconds', clock_timestamp()), duration_ms = 1
        WHERE id = $1 RETURNING id, org_id, model, completed_at)
      INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
        target_label, source, request_id, meta)
      SELECT org_id, 'run.cancelled', completed_at, 'user', $2, 'Ada', 'run', id, model, $3, 'req', $4::jsonb FROM r`;
    const meta = (batchId: string | null) => JSON.stringify({ reason, ticket: null, batch_id: batchId });
    const planned = await plan([runId!]);
    for (const [source, batchId] of [
      ["bulk", null],
      ["bulk", planned.id],
      ["bulk", randomUUID()],
    ])
      await expect(asWorker(cancel, [runId, ada.person.id, source, meta(batchId!)])).rejects.toThrow(
        /no started batch accounts for/,
      );
    await expect(asWorker(cancel, [runId, ada.person.id, "api", meta(null)])).rejects.toThrow(
      /the worker may only cancel runs of a batch/,
    );
    await start(planned);
    await expect(asWorker(cancel, [runId, ben.person.id, "bulk", meta(planned.id)])).rejects.toThrow(
      /no started batch/,
    );
    await work(planned.id);
    expect(await outcomesOf(planned.id)).toEqual({ [runId!]: 201 });
  });

  test("neither ends a run otherwise nor reads what customers sent", async () => {
    const [runId] = await makeRuns(1);
    await expect(
      asWorker("UPDATE runs SET status_code = 'failed', completed_at = now() WHERE id = $1", [runId]),
    ).rejects.toThrow(/the worker may only cancel/);
    await expect(asWorker("SELECT input FROM runs WHERE id = $1", [runId])).rejects.toThrow(
      /permission denied/,
    );
  });

  test("can't undo or reassign an outcome", async () => {
    const planned = await plan(await makeRuns(1));
    await start(planned);
    await work(planned.id);
    for (const sql of [
      "UPDATE cancellation_items SET outcome = NULL, entry_id = NULL, settled_at = NULL WHERE batch_id = $1",
      "UPDATE cancellation_items SET outcome = 404, entry_id = NULL WHERE batch_id = $1",
    ])
      await expect(asWorker(sql, [planned.id])).rejects.toThrow(/its outcome is final/);
  });
});
