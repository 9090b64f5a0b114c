import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { makeSigningKey } from "@/lib/audit/sign-note";
import { cancelRun } from "@/lib/runs/cancel-run";
import { useDatabase } from "@/lib/testing/database";
import { makeRun, makeScene, TEST_CONTEXT } from "@/lib/testing/scene";
import { TEST_ENCRYPTION_KEY } from "@/lib/testing/server";
import { forgetExpired } from "./forget-expired";
import { runCancelled } from "./run-cancelled";
import { runWorker } from "./run-worker";

const database = useDatabase();
const effects = async () =>
  (
    await database().owner.query(
      "SELECT id, kind, run_id, times_run FROM handled_effects ORDER BY handled_at",
    )
  ).rows as unknown[];

describe("what follows a cancellation", () => {
  afterEach(() => database().owner.query("TRUNCATE handled_effects"));

  it("is recorded under the audit entry's id, and once more when it runs again", async () => {
    const [id, run_id] = [randomUUID(), randomUUID()];
    for (const times_run of [1, 2]) {
      await runCancelled(database().workerDb, { cancelled: [{ audit_entry_id: id, run_id }] });
      expect(await effects()).toEqual([{ id, kind: "run_cancelled", run_id, times_run }]);
    }
  });

  it("fails loudly without its ids", async () => {
    await expect(
      runCancelled(database().workerDb, { cancelled: [{ run_id: randomUUID() }] }),
    ).rejects.toThrow("audit_entry_id");
  });

  it("is worked off by the worker as the application's role, which then ends when told", async () => {
    const scene = await makeScene(database().owner);
    const runId = await makeRun(database().owner, scene);
    await cancelRun(database().db, scene.support, { runId, reason: "stuck", context: TEST_CONTEXT });
    const stop = new AbortController();
    const settings = {
      DATABASE_URL: database().workerUrl,
      DATABASE_POOL_SIZE: 5,
      ENCRYPTION_KEYS: [TEST_ENCRYPTION_KEY],
      ALLOW_PRIVATE_CALLBACKS: true,
      CALLBACK_PORTS: [443],
      SECURITY_EVENT_MONTHS: 13,
      AUDIT_SIGNING_KEYS: [makeSigningKey(Buffer.alloc(32, 1))],
      AUDIT_CHECKPOINT_TARGETS: [],
    };
    const ended = runWorker(settings, stop.signal);
    await expect.poll(effects, { timeout: 10_000 }).toHaveLength(1);
    const { rows } = await database().owner.query<{ id: string }>(
      "SELECT id FROM audit_entries WHERE target_id = $1",
      [runId],
    );
    expect(await effects()).toMatchObject([{ id: rows[0]!.id, run_id: runId, times_run: 1 }]);
    const queued = async () => (await database().owner.query("SELECT FROM graphile_worker.jobs")).rowCount;
    await expect.poll(queued, { timeout: 10_000 }).toBe(0);
    stop.abort();
    await ended;
    expect(await queued()).toBe(0);
    const crontabs = await database().owner.query(
      "SELECT identifier FROM graphile_worker._private_known_crontabs ORDER BY identifier",
    );
    expect(crontabs.rows).toEqual([
      { identifier: "compute_envelopes" },
      { identifier: "drop_security_events" },
      { identifier: "forget_expired" },
      { identifier: "make_checkpoint" },
      { identifier: "make_months" },
      { identifier: "unlock_dead_workers" },
    ]);
  });
});

it("forgets idempotency records past their time and keeps the others", async () => {
  await database().owner.query(`
    INSERT INTO idempotency_records (credential_id, path, key, body_hash, status, headers, body, expires_at)
    SELECT uuidv7(), '/v1', 'k' || n, '', 201, '{}', '', now() + CASE WHEN n <= 25 THEN '-1 s' ELSE '1 h' END::interval
    FROM generate_series(1, 30) n`);
  expect(await forgetExpired(database().workerDb, 10)).toBe(25);
  expect(await forgetExpired(database().workerDb, 10)).toBe(0);
  expect((await database().owner.query("SELECT FROM idempotency_records")).rowCount).toBe(5);
});
