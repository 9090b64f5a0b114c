import { expect, test } from "vitest";
import { startBatch } from "@/lib/cancellation-batches/start-batch";
import { makePlan, makeQueuedRuns } from "@/test/cancellation-batches";
import { useDatabase } from "@/test/database";
import { endRuns, makeRunWithCallback } from "@/test/deliveries";
import { makeStaff, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { startReceiver } from "@/test/receiver";
import { startWorker } from "@/test/worker";

const database = useDatabase();

/** @param which a job's key or task */
const readJobs = async (which: string) =>
  (
    await database().owner.query<{ is_locked: boolean }>(
      "SELECT locked_at IS NOT NULL AS is_locked FROM graphile_worker.jobs WHERE $1 IN (key, task_identifier)",
      [which],
    )
  ).rows;

const RUNS = 300;

/** Starts a slow bulk cancellation; the worker is amid its shift. */
async function startSlowBatch() {
  const { owner, db } = database();
  const fixture = await seedFixture(owner);
  const caller = await makeStaff(owner, "admin", "Ada Admin");
  const runIds = await makeQueuedRuns(owner, fixture, RUNS);
  const id = await makePlan(database(), fixture, { runIds, caller });
  await owner.query("UPDATE cancellation_batches SET rate_limit = 10 WHERE id = $1", [id]);
  await startBatch(db, { caller, context: TEST_CONTEXT, id, expectedCount: RUNS });
  const countCanceled = async () => {
    const { rows } = await owner.query<{ runs: number; entries: number }>(
      `SELECT count(*) FILTER (WHERE status_code = 'canceled')::int AS runs,
         (SELECT count(*)::int FROM audit_entries WHERE target_id = ANY($1) AND action = 'run.cancelled') AS entries
       FROM runs WHERE id = ANY($1)`,
      [runIds],
    );
    return rows[0]!;
  };
  return { id, countCanceled };
}

test("worker shutdown amid a bulk cancellation: the next worker continues immediately, and nothing repeats", async () => {
  const { owner, workerUrl } = database();
  const { id, countCanceled } = await startSlowBatch();
  const first = await startWorker(workerUrl);
  await expect.poll(async () => (await countCanceled()).runs).toBeGreaterThan(0);
  expect(await first.stop()).toBe(0);
  expect(await readJobs(`cancel_batch:${id}`)).toEqual([{ is_locked: false }]);
  expect((await countCanceled()).runs).toBeLessThan(RUNS);

  await owner.query("UPDATE cancellation_batches SET rate_limit = NULL WHERE id = $1", [id]);
  const second = await startWorker(workerUrl);
  await expect.poll(countCanceled).toEqual({ runs: RUNS, entries: RUNS });
  expect(second.output()).not.toContain("jobs of dead workers released");
  expect(await second.stop()).toBe(0);
});

test("control: a killed worker leaves its bulk cancellation locked", async () => {
  const { owner, workerUrl } = database();
  const { id, countCanceled } = await startSlowBatch();
  const worker = await startWorker(workerUrl);
  await expect.poll(async () => (await countCanceled()).runs).toBeGreaterThan(0);
  await worker.kill();
  expect(await readJobs(`cancel_batch:${id}`)).toEqual([{ is_locked: true }]);
  await owner.query("DELETE FROM graphile_worker._private_jobs WHERE key = $1", [`cancel_batch:${id}`]);
});

test("worker shutdown while a receiver is silent: another worker sends the same delivery again", async () => {
  const { owner, workerUrl } = database();
  const receiver = await startReceiver();
  receiver.behave(() => {});
  const fixture = await seedFixture(owner);
  await endRuns(owner, [await makeRunWithCallback(owner, fixture, `${receiver.origin}/hook`)]);
  const first = await startWorker(workerUrl);
  await expect.poll(() => receiver.heard.length).toBe(1);
  expect(await first.stop()).toBe(0);
  expect(await readJobs("attempt_delivery")).toEqual([{ is_locked: false }]);

  receiver.behave((_heard, response) => void response.end());
  const second = await startWorker(workerUrl);
  const read = async () =>
    (
      await owner.query("SELECT state, attempt_count FROM deliveries WHERE url LIKE $1", [
        `${receiver.origin}%`,
      ])
    ).rows;
  await expect.poll(read).toEqual([{ state: "delivered", attempt_count: 1 }]);
  expect(new Set(receiver.heard.map(({ headers }) => headers["runflow-request-id"])).size).toBe(1);
  await second.stop();
  await receiver.close();
});
