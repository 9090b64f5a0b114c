import { describe, expect, it } from "vitest";
import { makeSigningKey } from "@/lib/audit/signing/sign-note";
import { useDatabase } from "@/test/database";
import { TEST_ENCRYPTION_KEY } from "@/test/server";
import { forgetExpired } from "./forget-expired";
import { runWorker } from "./run-worker";

const database = useDatabase();
const queued = async () => (await database().owner.query("SELECT FROM graphile_worker.jobs")).rowCount;
const expired = async () => (await database().owner.query("SELECT FROM idempotency_records")).rowCount;

describe("the worker", () => {
  it("processes the queue with the application's role, and stops on request", async () => {
    await database().owner.query(`
      INSERT INTO idempotency_records (credential_id, path, key, body_hash, status, headers, body, expires_at)
      VALUES (uuidv7(), '/v1', 'k', '', 201, '{}', '', now() - interval '1 s')`);
    await database().app.query("SELECT graphile_worker.add_job('forget_expired')");
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
    await expect.poll(expired, { timeout: 10_000 }).toBe(0);
    await expect.poll(queued, { timeout: 10_000 }).toBe(0);
    stop.abort();
    await ended;
    expect(await queued()).toBe(0);
    const crontabs = await database().owner.query(
      "SELECT identifier FROM graphile_worker._private_known_crontabs ORDER BY identifier",
    );
    expect(crontabs.rows).toEqual([
      { identifier: "compute_envelopes" },
      { identifier: "delete_old_runs" },
      { identifier: "drop_security_events" },
      { identifier: "forget_expired" },
      { identifier: "make_checkpoint" },
      { identifier: "make_months" },
      { identifier: "warn_key_owners" },
    ]);
  });
});

it("deletes expired idempotency records and keeps the others", async () => {
  await database().owner.query(`
    INSERT INTO idempotency_records (credential_id, path, key, body_hash, status, headers, body, expires_at)
    SELECT uuidv7(), '/v1', 'k' || n, '', 201, '{}', '', now() + CASE WHEN n <= 25 THEN '-1 s' ELSE '1 h' END::interval
    FROM generate_series(1, 30) n`);
  expect(await forgetExpired(database().workerDb, 10)).toBe(25);
  expect(await forgetExpired(database().workerDb, 10)).toBe(0);
  expect((await database().owner.query("SELECT FROM idempotency_records")).rowCount).toBe(5);
});
