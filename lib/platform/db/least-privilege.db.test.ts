import { describe, expect, test } from "vitest";
import { cancelRun } from "@/lib/runs/cancel-run";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, TEST_CONTEXT } from "@/test/fixture";

const database = useDatabase();
const DENIED = { code: "42501" };

/** SQL that attaches one of our trigger functions to the attacker's table. */
function ownTable(when: string, trigger: string): string {
  return `CREATE TEMPORARY TABLE mine (id uuid); CREATE TRIGGER t ${when} EXECUTE FUNCTION ${trigger}()`;
}

/** What neither process may do. */
const NEITHER: [what: string, sql: string][] = [
  ["change an entry", "UPDATE audit_entries SET meta = '{}'"],
  ["delete an entry", "DELETE FROM audit_entries"],
  ["empty the trail", "TRUNCATE audit_entries"],
  ["change a seal", "UPDATE audit_seals SET hash = hash"],
  ["delete a seal", "DELETE FROM audit_seals"],
  ["keep an entry from being sealed", "UPDATE audit_unsealed SET entry_id = entry_id"],
  ["use the months' tables directly", "SELECT FROM audit_months.audit_entries_past"],
  ["use the security events' tables directly", "SELECT FROM security_months.security_events_past"],
  ["record a retired month", "INSERT INTO audit_retirements SELECT * FROM audit_retirements"],
  ["retire a month", "SELECT retire_audit_month('2020-01-01', '', 1, 1, 1, 1, 1)"],
  ["use the retired months' schema", "CREATE TABLE audit_retired.x ()"],
  ["disable triggers", "ALTER TABLE audit_entries DISABLE TRIGGER ALL"],
  ["pretend to be a replica", "SET session_replication_role = replica"],
  ["change a checkpoint", "UPDATE audit_checkpoints SET note = ''"],
  ["delete a checkpoint", "DELETE FROM audit_checkpoints"],
  ["change a verifier key", "UPDATE audit_keys SET verifier_key = ''"],
  ["delete the record of a missing copy", "DELETE FROM audit_checkpoint_publications"],
  ["delete a leadership", "DELETE FROM leaderships"],
  ["change the record of a deleted run", "UPDATE deleted_runs SET cost = 0"],
  ["invent a deleted run", "INSERT INTO deleted_runs SELECT * FROM deleted_runs"],
  ["change a security event", "UPDATE security_events SET detail = NULL"],
  ["delete a security event", "DELETE FROM security_events"],
  ["give an identity to another person", "UPDATE identities SET person_id = uuidv7()"],
  ["give a session another check", "UPDATE session_checks SET session_id = uuidv7()"],
  ["delete a session's check", "DELETE FROM session_checks"],
  ["delete an identity", "DELETE FROM identities"],
  ["backdate an identity", "INSERT INTO identities (created_at) SELECT created_at FROM identities LIMIT 0"],
  [
    "create a person with a password",
    "INSERT INTO people (kind, name, email, password_hash) VALUES ('', '', '', '')",
  ],
  ["backdate a key", "INSERT INTO api_keys (created_at) SELECT created_at FROM api_keys LIMIT 0"],
  [
    "create a suspended key",
    "INSERT INTO api_keys (suspended_until) SELECT suspended_until FROM api_keys LIMIT 0",
  ],
  ["create a revoked key", "INSERT INTO api_keys (revoked_at) SELECT revoked_at FROM api_keys LIMIT 0"],
  ["lock a named lock's row directly", "SELECT FROM named_locks"],
  ["backdate a session", "INSERT INTO sessions (created_at) SELECT created_at FROM sessions LIMIT 0"],
  [
    "backdate a security event",
    "INSERT INTO security_events (occurred_at) SELECT occurred_at FROM security_events LIMIT 0",
  ],
  ["delete a person", "DELETE FROM people"],
  ["widen a key", "UPDATE api_keys SET scopes = '{admin}', reaches_all_orgs = true"],
  ["give a key to another person", "UPDATE api_keys SET owner_id = uuidv7()"],
  ["change who made a key", "UPDATE api_keys SET created_by = NULL"],
  ["delete a key's link", "DELETE FROM key_claims"],
  ["delete a key", "DELETE FROM api_keys"],
  ["extend a session", "UPDATE sessions SET expires_at = 'infinity'"],
  ["widen a reach", "INSERT INTO key_reach (key_id, org_id) VALUES (uuidv7(), uuidv7())"],
  ["narrow a reach", "DELETE FROM key_reach"],
  ["widen the reach of an existing key", "SELECT give_reach(uuidv7(), '{}')"],
  ["change what a customer sent", "UPDATE runs SET input = '{}'"],
  ["change who created a run", "UPDATE runs SET created_by = NULL"],
  ["move a run to another customer", "UPDATE runs SET org_id = org_id"],
  ["set a run's cost", "UPDATE runs SET cost = 0"],
  ["delete a run", "DELETE FROM runs"],
  [
    "create a run that is already canceled",
    "INSERT INTO runs (status_code) SELECT status_code FROM runs LIMIT 0",
  ],
  ["backdate a run", "INSERT INTO runs (created_at) SELECT created_at FROM runs LIMIT 0"],
  ["create a run that has a cost", "INSERT INTO runs (cost) SELECT cost FROM runs LIMIT 0"],
  [
    "backdate a provider event",
    "INSERT INTO provider_events (received_at) SELECT received_at FROM provider_events LIMIT 0",
  ],
  [
    "create a delivery that is already delivered",
    "INSERT INTO deliveries (state) SELECT state FROM deliveries LIMIT 0",
  ],
  ["change a price", "UPDATE models SET price_usd = 0"],
  [
    "give a customer credit",
    "INSERT INTO ledger_entries (org_id, kind, amount) VALUES (uuidv7(), 'top_up', 1)",
  ],
  ["set a balance", "UPDATE balances SET amount = 0"],
  ["change a delivery's body", "UPDATE deliveries SET body = ''"],
  [
    "create an endpoint",
    "INSERT INTO delivery_endpoints (origin) SELECT origin FROM delivery_endpoints LIMIT 0",
  ],
  ["change a delivery attempt", "UPDATE delivery_attempts SET status = 200"],
  ["choose an entry's id", "INSERT INTO audit_entries (id) SELECT id FROM audit_entries LIMIT 0"],
  ["backdate a seal", "INSERT INTO audit_seals (sealed_at) SELECT sealed_at FROM audit_seals LIMIT 0"],
  // The trigger function would treat these rows as real ones, and write as the owner.
  ["book made-up charges", ownTable("AFTER INSERT ON mine REFERENCING NEW TABLE AS booked", "follow_ledger")],
  ["charge for made-up events", ownTable("AFTER INSERT ON mine FOR EACH ROW", "book_charge")],
  [
    "queue made-up deliveries",
    ownTable("AFTER INSERT ON mine REFERENCING NEW TABLE AS made", "queue_delivery"),
  ],
  [
    "queue made-up entries for sealing",
    ownTable("AFTER INSERT ON mine REFERENCING NEW TABLE AS written", "queue_for_sealing"),
  ],
];

const ADD_JOB = "SELECT graphile_worker.add_job('nothing', '{}'::json)";

/** What one process may do and the other can't, each as a harmless statement. */
const WEB: [what: string, sql: string][] = [
  ["read password hashes", "SELECT password_hash FROM people LIMIT 0"],
  ["read people’s roles", "SELECT role FROM people LIMIT 0"],
  ["read refresh tokens", "SELECT refresh_token FROM session_checks LIMIT 0"],
  ["read identities", "SELECT subject FROM identities LIMIT 0"],
  ["change a person's email, as their identity provider does", "UPDATE people SET email = '' WHERE false"],
  ["read key hashes", "SELECT hash FROM api_keys LIMIT 0"],
  ["create a key", "INSERT INTO api_keys (kind) SELECT kind FROM api_keys LIMIT 0"],
  ["revoke a key", "UPDATE api_keys SET revoked_at = now() WHERE false"],
  ["suspend a key", "UPDATE api_keys SET suspended_until = now() WHERE false"],
  ["claim a key", "UPDATE api_keys SET hash = '', prefix = '' WHERE false"],
  ["use a key's link", "UPDATE key_claims SET used_at = now() WHERE false"],
  ["read sessions", "SELECT id FROM sessions LIMIT 0"],
  ["start a session", "INSERT INTO sessions (person_id, expires_at) SELECT id, now() FROM people LIMIT 0"],
  ["end a session", "UPDATE sessions SET ended_at = now() WHERE false"],
  ["read payloads", "SELECT input, output FROM runs LIMIT 0"],
  ["create a run", "INSERT INTO runs (org_id) SELECT org_id FROM runs LIMIT 0"],
  ["start a run", "UPDATE runs SET started_at = now() WHERE false"],
  [
    "plan a batch",
    "INSERT INTO cancellation_batches (reason) SELECT reason FROM cancellation_batches LIMIT 0",
  ],
  ["start a batch", "UPDATE cancellation_batches SET started_at = now() WHERE false"],
  [
    "add a run to a batch",
    "INSERT INTO cancellation_items (run_id) SELECT run_id FROM cancellation_items LIMIT 0",
  ],
  [
    "record a provider event",
    "INSERT INTO provider_events (run_id) SELECT run_id FROM provider_events LIMIT 0",
  ],
  [
    "store an idempotent response",
    "INSERT INTO idempotency_records (path) SELECT path FROM idempotency_records LIMIT 0",
  ],
  ["read stored responses", "SELECT body FROM idempotency_records LIMIT 0"],
  ["record a security event", "INSERT INTO security_events (kind) SELECT kind FROM security_events LIMIT 0"],
  [
    "create a callback secret",
    "INSERT INTO callback_secrets (org_id) SELECT org_id FROM callback_secrets LIMIT 0",
  ],
  ["promote a callback secret", "UPDATE callback_secrets SET is_current = true WHERE false"],
  ["subscribe a webhook", "INSERT INTO webhooks (org_id) SELECT org_id FROM webhooks LIMIT 0"],
  ["change a webhook", "UPDATE webhooks SET url = '' WHERE false"],
  ["request a delivery", "INSERT INTO deliveries (org_id) SELECT org_id FROM deliveries LIMIT 0"],
  ["change a model", "UPDATE models SET stuck_factor = 2 WHERE false"],
  ["save a view", "INSERT INTO saved_views (owner_id) SELECT owner_id FROM saved_views LIMIT 0"],
  ["delete a view", "DELETE FROM saved_views WHERE false"],
  [
    "invite a person",
    "INSERT INTO people (kind, name, email, role) SELECT kind, name, email, role FROM people LIMIT 0",
  ],
  ["change a person's role", "UPDATE people SET role = 'support' WHERE false"],
  ["disable a person", "UPDATE people SET disabled_at = now() WHERE false"],
  ["set a person's password", "UPDATE people SET password_hash = '' WHERE false"],
  ["change a person's reach", "DELETE FROM person_reach WHERE false"],
  ["use a link", "UPDATE password_links SET used_at = now() WHERE false"],
  ["dismiss a notice", "UPDATE password_notices SET dismissed_at = now() WHERE false"],
  ["read balances", "SELECT amount FROM balances LIMIT 0"],
  ["read failed jobs", "SELECT FROM queue_jobs('failed', NULL)"],
];
const WORKER: [what: string, sql: string][] = [
  ["delete old runs", "SELECT delete_old_runs(30, 0)"],
  ["record deleted runs", "SELECT record_deleted_runs(30)"],
  ["seal", "INSERT INTO audit_seals (entry_id) SELECT entry_id FROM audit_seals LIMIT 0"],
  ["remove an entry from the sealing queue", "DELETE FROM audit_unsealed WHERE false"],
  [
    "store a checkpoint",
    "INSERT INTO audit_checkpoints (number, position, note) SELECT number, position, note FROM audit_checkpoints LIMIT 0",
  ],
  [
    "add a verifier key",
    "INSERT INTO audit_keys (id, verifier_key) SELECT id, verifier_key FROM audit_keys LIMIT 0",
  ],
  [
    "record missing copies",
    "INSERT INTO audit_checkpoint_publications (target, number) SELECT target, number FROM audit_checkpoint_publications LIMIT 0",
  ],
  ["record a finished copy", "UPDATE audit_checkpoint_publications SET published_at = now() WHERE false"],
  ["acquire a leadership", "UPDATE leaderships SET epoch = epoch + 1 WHERE false"],
  ["write a heartbeat", "UPDATE worker_heartbeats SET beat_at = now() WHERE false"],
  ["make months", "SELECT make_audit_months(0)"],
  ["create months of security events", "SELECT make_security_months(0)"],
  ["drop old security events", "SELECT drop_security_months(1000)"],
  ["read a callback secret", "SELECT ciphertext FROM callback_secrets LIMIT 0"],
  ["pause an endpoint", "UPDATE delivery_endpoints SET open_until = now() WHERE false"],
  ["settle a delivery", "UPDATE deliveries SET state = 'delivered' WHERE false"],
  [
    "record a delivery attempt",
    "INSERT INTO delivery_attempts (number) SELECT number FROM delivery_attempts LIMIT 0",
  ],
  ["postpone a delivery", "UPDATE deliveries SET next_attempt_at = now() WHERE false"],
  ["queue an attempt", "SELECT queue_attempt(uuidv7(), uuidv7(), 'https://a.example', 1, now())"],
  ["change a latency profile", "DELETE FROM model_envelopes WHERE false"],
  ["delete a stored response", "DELETE FROM idempotency_records WHERE expires_at < '-infinity'"],
  ["read the queue", "SELECT FROM graphile_worker._private_jobs"],
  ["remove a job from the queue", "DELETE FROM graphile_worker._private_jobs WHERE false"],
  ["release another worker's jobs", "SELECT graphile_worker.force_unlock_workers('{}')"],
];
const BOTH: [what: string, sql: string][] = [
  ["read the trail", "SELECT FROM audit_entries e JOIN audit_seals s ON s.entry_id = e.id LIMIT 0"],
  ["read leaderships and heartbeats", "SELECT FROM leaderships, worker_heartbeats LIMIT 0"],
  ["read checkpoints", "SELECT FROM audit_checkpoints, audit_keys, audit_checkpoint_publications LIMIT 0"],
  ["add a job", ADD_JOB],
  ["hold a named lock", "SELECT hold_lock('x')"],
  ["count jobs, without their payloads", "SELECT FROM queue_tasks()"],
  ["read processes and migrations", "SELECT FROM processes, applied_migrations() LIMIT 0"],
];

const ROLES = { "web server": "app", worker: "worker" } as const;

describe.each(Object.entries(ROLES))("the %s can't", (_process, role) => {
  test.each(NEITHER)("%s", async (_what, sql) => {
    await expect(database()[role].query(sql)).rejects.toMatchObject(DENIED);
  });
});

describe.each([
  { what: WEB, can: "app", cannot: "worker" },
  { what: WORKER, can: "worker", cannot: "app" },
] as const)("only the $can role can", ({ what, can, cannot }) => {
  test.each(what)("%s", async (_what, sql) => {
    await database()[can].query(sql);
    await expect(database()[cannot].query(sql)).rejects.toMatchObject(DENIED);
  });
});

test.each(BOTH)("both can %s", async (_what, sql) => {
  for (const role of Object.values(ROLES))
    await expect(database()[role].query(sql)).resolves.toHaveProperty("rows");
});

test("the role that both share: only grants SELECT", async () => {
  const { rows } = await database().owner.query<{ grant: string }>(
    `SELECT DISTINCT privilege_type || ' ' || table_name AS grant FROM information_schema.column_privileges
     WHERE grantee = 'console_app' AND privilege_type <> 'SELECT'
     UNION SELECT privilege_type || ' ' || table_name FROM information_schema.table_privileges
     WHERE grantee = 'console_app' AND privilege_type <> 'SELECT'`,
  );
  expect(rows).toEqual([]);
});

test("SECURITY DEFINER functions: not executable by PUBLIC", async () => {
  const { rows } = await database().owner.query(
    `SELECT p.oid::regprocedure AS function FROM pg_proc p
     WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace AND has_function_privilege('public', p.oid, 'EXECUTE')`,
  );
  expect(rows).toEqual([]);
});

describe("an entry's time is now", () => {
  const WRITE = `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type,
      target_id, target_label, source, request_id, meta)
    SELECT org_id, 'webhook.tested', clock_timestamp() + $1::interval, 'system', org_id, 'x', 'webhook', org_id, 'x', 'api',
      'req_x', '{"reason": null, "ticket": null}' FROM (SELECT uuidv7()) o (org_id)`;

  test("enforced for the web server", async () => {
    const { app } = database();
    for (const apart of ["-1 day", "-6 minutes", "2 minutes", "1 month"]) {
      await expect(app.query(WRITE, [apart])).rejects.toMatchObject({ constraint: "audit_entries_present" });
    }
    await expect(app.query(WRITE, ["0"])).resolves.toMatchObject({ rowCount: 1 });
  });

  test("not enforced for the owner, who may import history", async () => {
    await expect(database().owner.query(WRITE, ["-1 day"])).resolves.toMatchObject({ rowCount: 1 });
  });
});

describe("a run can't be canceled without its entry", () => {
  const CANCEL = `UPDATE runs SET status_code = 'canceled', completed_at = now(), duration_ms = 1 WHERE id = $1`;

  test.each(["app", "owner"] as const)("refused even by hand, as the %s", async (role) => {
    const { owner, [role]: sql } = database();
    const runId = await makeRun(owner, await seedFixture(owner));
    await expect(sql.query(CANCEL, [runId])).rejects.toMatchObject({
      constraint: "runs_cancelled_with_entry",
    });
    const { rows } = await owner.query("SELECT status_code FROM runs WHERE id = $1", [runId]);
    expect(rows).toEqual([{ status_code: "running" }]);
  });

  test("accepted through cancelRun", async () => {
    const { owner, db } = database();
    const fixture = await seedFixture(owner);
    const runId = await makeRun(owner, fixture);
    const { outcome } = await cancelRun(db, fixture.support, {
      runId,
      reason: "a test",
      context: TEST_CONTEXT,
    });
    expect(outcome).toBe("transitioned");
  });
});
