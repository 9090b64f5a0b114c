import type { Pool, PoolClient } from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { sealEntries } from "@/lib/audit/sealing/seal-entries";
import { checkEntries } from "@/lib/audit/proof/check-entries";
import { getAuditEntry } from "@/lib/audit/trail/get-audit-entry";
import { AuditEntry } from "@/lib/contract/audit";
import { cancelRun } from "@/lib/runs/cancel-run";
import { useDatabase } from "@/test/database";
import { type Fixture, makeRun, seedFixture, TEST_CONTEXT } from "@/test/fixture";

const database = useDatabase();
let fixture: Fixture;

beforeAll(async () => {
  fixture = await seedFixture(database().owner);
});

type Entry = { action: string; type: string; target: string; meta?: unknown; source?: string; role?: string };

/** Forges an entry in a colleague's name, bypassing the application. */
const forge = (sql: Pool | PoolClient, { action, type, target, ...rest }: Entry) =>
  sql.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_role, target_type,
       target_id, target_label, source, request_id, meta)
     SELECT $1, $2, coalesce((SELECT completed_at FROM runs WHERE id = $4), date_trunc('milliseconds', clock_timestamp())),
       'user', uuidv7(), 'Grace Mbeki', $7, $3, $4, 'label', $6, 'req_forged', $5`,
    [
      fixture.orgId,
      action,
      type,
      target,
      JSON.stringify("meta" in rest ? rest.meta : { reason: "forged", ticket: null }),
      rest.source ?? "dashboard",
      rest.role ?? "support",
    ],
  );

async function inTransaction(sql: Pool, work: (client: PoolClient) => Promise<unknown>): Promise<void> {
  const client = await sql.connect();
  try {
    await client.query("BEGIN");
    await work(client);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

const countEntries = async (target: string): Promise<number> =>
  database()
    .owner.query("SELECT FROM audit_entries WHERE target_id = $1", [target])
    .then(({ rowCount }) => rowCount!);

describe("entry without its change: refused", () => {
  test.each([
    ["run.cancelled", "run"],
    ["key.created", "key"],
    ["key.suspended", "key"],
    ["key.resumed", "key"],
    ["key.revoked", "key"],
    ["session.started", "session"],
    ["session.ended", "session"],
    ["person.invited", "person"],
    ["person.disabled", "person"],
    ["person.password_set", "person"],
    ["person.password_changed", "person"],
    ["person.factor_added", "person"],
    ["person.factor_removed", "person"],
    ["person.recovery_codes_made", "person"],
  ])("%s", async (action, type) => {
    const { app, owner } = database();
    const targets: Record<string, () => Promise<string>> = {
      run: () => makeRun(owner, fixture),
      key: async () => fixture.customer.credentialId,
      person: async () => fixture.support.person.id,
      session: async () => {
        const { rows } = await owner.query<{ id: string }>(
          "INSERT INTO sessions (person_id, expires_at) VALUES ($1, now() + interval '1 hour') RETURNING id",
          [fixture.support.person.id],
        );
        return rows[0]!.id;
      },
    };
    const target = await targets[type]!();
    await expect(forge(app, { action, type, target })).rejects.toMatchObject({
      constraint: "audit_entries_with_deed",
    });
    expect(await countEntries(target)).toBe(0);
  });

  test("real cancel after an attempted forgery: succeeds", async () => {
    const { app, db, owner } = database();
    const runId = await makeRun(owner, fixture);
    await expect(forge(app, { action: "run.cancelled", type: "run", target: runId })).rejects.toThrow(
      "nothing in this",
    );
    const command = { runId, reason: "ticket #1: stuck", context: TEST_CONTEXT };
    expect(await cancelRun(db, fixture.support, command)).toMatchObject({ outcome: "transitioned" });
  });

  test("second entry about a cancellation: refused", async () => {
    const { app, db, owner } = database();
    const runId = await makeRun(owner, fixture);
    await cancelRun(db, fixture.support, { runId, reason: "stuck", context: TEST_CONTEXT });
    await expect(forge(app, { action: "run.cancelled", type: "run", target: runId })).rejects.toThrow(
      "cancelled_once",
    );
    expect(await countEntries(runId)).toBe(1);
  });
});

describe("change without its entry: refused", () => {
  test.each([
    [
      "a key is made",
      "api_keys_made_with_entry",
      `INSERT INTO api_keys (kind, name, prefix, hash, owner_id, created_by, scopes, reaches_all_orgs)
       VALUES ('service', 'Key', 'rf_svc_test', sha256('forged'), $1, $1, '{admin}', true)`,
    ],
    [
      "a session begins",
      "sessions_started_with_entry",
      "INSERT INTO sessions (person_id, expires_at) VALUES ($1, now() + interval '1 hour')",
    ],
    [
      "a person is changed",
      "people_changed_with_entry",
      "UPDATE people SET name = 'Grace Mbeki' WHERE id = $1",
    ],
  ])("%s", async (_what, constraint, sql) => {
    await expect(database().app.query(sql, [fixture.support.person.id])).rejects.toMatchObject({
      constraint,
    });
  });

  test("change with the entry of an earlier transaction: refused", async () => {
    const { app } = database();
    const id = fixture.support.person.id;
    const rename = "UPDATE people SET name = $2, updated_at = now() WHERE id = $1";
    await inTransaction(app, async (client) => {
      await client.query(rename, [id, "Sam"]);
      await forge(client, { action: "person.updated", type: "person", target: id });
    });
    await expect(app.query(rename, [id, "Grace Mbeki"])).rejects.toMatchObject({
      constraint: "people_changed_with_entry",
    });
  });

  test("change in a savepoint, entry outside: accepted", async () => {
    const id = fixture.support.person.id;
    const before = await countEntries(id);
    await inTransaction(database().app, async (client) => {
      await client.query("SAVEPOINT one");
      await client.query("UPDATE people SET name = 'Sam Support' WHERE id = $1", [id]);
      await client.query("RELEASE one");
      await forge(client, { action: "person.updated", type: "person", target: id });
    });
    expect(await countEntries(id)).toBe(before + 1);
  });
});

test("session: at most twelve hours", async () => {
  const { owner } = database();
  const start = "INSERT INTO sessions (person_id, expires_at) VALUES ($1, now() + $2::interval)";
  const personId = fixture.support.person.id;
  await expect(owner.query(start, [personId, "13 hours"])).rejects.toMatchObject({
    constraint: "sessions_are_short",
  });
  await owner.query(start, [personId, "11 hours"]);
});

describe("the worker", () => {
  test("can't write an entry, in anyone's name", async () => {
    const entry = { action: "webhook.tested", type: "webhook", target: fixture.orgId };
    await expect(forge(database().worker, entry)).rejects.toMatchObject({ code: "42501" });
  });

  test("can't remove an unsealed entry from the queue", async () => {
    const { app, owner, worker } = database();
    await forge(app, { action: "webhook.tested", type: "webhook", target: fixture.orgId });
    await expect(worker.query("DELETE FROM audit_unsealed")).rejects.toMatchObject({
      constraint: "audit_unsealed_until_sealed",
    });
    const client = await worker.connect();
    try {
      while ((await sealEntries(client, 100)) > 0);
    } finally {
      client.release();
    }
    const { rows } = await owner.query(
      "SELECT (SELECT count(*) FROM audit_unsealed) AS waiting, (SELECT count(*) FROM audit_entries) = (SELECT count(*) FROM audit_seals) AS are_sealed",
    );
    expect(rows).toEqual([{ waiting: "0", are_sealed: true }]);
  });

  test("can't mark unsealed entries as forwarded or skip sealed ones", async () => {
    const { owner, worker } = database();
    await worker.query("INSERT INTO audit_forwarding (target) VALUES ('https://siem.example')");
    const { rows } = await owner.query<{ last: string }>("SELECT max(position) AS last FROM audit_seals");
    const move = (position: number) => worker.query("UPDATE audit_forwarding SET position = $1", [position]);
    await expect(move(Number(rows[0]!.last) + 1)).rejects.toMatchObject({
      constraint: "audit_forwarding_step_by_step",
    });
    await expect(move(501)).rejects.toMatchObject({ constraint: "audit_forwarding_step_by_step" });
    expect(await move(Number(rows[0]!.last))).toMatchObject({ rowCount: 1 });
  });

  test("can't block the web server's changes of people", async () => {
    const { app, worker } = database();
    const client = await worker.connect();
    try {
      await client.query("BEGIN; SELECT hold_lock('people')");
      await client.query("SELECT pg_advisory_xact_lock(hashtextextended('people', 0))");
      await inTransaction(app, (web) =>
        web.query("SET LOCAL lock_timeout = '5s'; SELECT hold_lock('people')"),
      );
      // Control: two of the same role do wait for each other.
      const second = inTransaction(worker, (other) =>
        other.query("SET LOCAL lock_timeout = '100ms'; SELECT hold_lock('people')"),
      );
      await expect(second).rejects.toMatchObject({ code: "55P03" });
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});

describe("entry that breaks the contract: refused", () => {
  const entry = { action: "webhook.tested", type: "webhook" };
  test.each<[string, object, string]>([
    ["no reason or ticket", { meta: {} }, "audit_entries_meta"],
    ["a list", { meta: [] }, "audit_entries_meta"],
    ["null", { meta: null }, "audit_entries_meta"],
    ["a text", { meta: "x" }, "audit_entries_meta"],
    ["a numeric reason", { meta: { reason: 5, ticket: null } }, "audit_entries_meta"],
    ["too long a reason", { meta: { reason: "x".repeat(501), ticket: null } }, "audit_entries_meta"],
    ["an unknown role", { role: "god" }, "audit_entries_roles"],
  ])("%s", async (_what, part, constraint) => {
    const target = fixture.orgId;
    await expect(forge(database().app, { ...entry, target, ...part })).rejects.toMatchObject({ constraint });
  });

  test("a person's cancellation without a reason", async () => {
    const { app, owner } = database();
    const runId = await makeRun(owner, fixture);
    const meta = { reason: null, ticket: null };
    const cancel = (source: string) =>
      inTransaction(app, async (client) => {
        await client.query(
          `UPDATE runs SET status_code = 'canceled', completed_at = date_trunc('milliseconds', now()), duration_ms = 1
           WHERE id = $1`,
          [runId],
        );
        await forge(client, { action: "run.cancelled", type: "run", target: runId, meta, source });
      });
    await expect(cancel("dashboard")).rejects.toMatchObject({
      constraint: "audit_entries_cancellation_has_reason",
    });
    await cancel("api");
  });
});

test.each([[{}], [[]], ["x"], [null], [{ reason: 5, ticket: null }]])(
  "old entry with meta %j: shown as unreadable, and its seal verifies",
  async (meta) => {
    const { db, owner, worker } = database();
    await owner.query("ALTER TABLE audit_entries DROP CONSTRAINT IF EXISTS audit_entries_meta");
    const target = await makeRun(owner, fixture);
    await forge(owner, {
      action: "run.payload_revealed",
      type: "run",
      target,
      meta: { reason: "a", ticket: null },
    });
    await forge(owner, { action: "webhook.tested", type: "webhook", target, meta });
    const client = await worker.connect();
    try {
      while ((await sealEntries(client, 100)) > 0);
    } finally {
      client.release();
    }
    const { rows } = await owner.query<{ id: string }>(
      "SELECT id FROM audit_entries WHERE target_id = $1 ORDER BY id",
      [target],
    );
    const [before, entry] = await Promise.all(rows.map(({ id }) => getAuditEntry(db, { all: true }, id)));
    expect(entry!.meta).toEqual({ reason: null, ticket: null, unreadable: meta });
    expect(AuditEntry.safeParse(entry).success).toBe(true);
    expect(await checkEntries([before!, entry!])).toMatchObject({ edited: [] });
    expect(
      await checkEntries([before!, { ...entry!, meta: { ...entry!.meta, unreadable: 1 } }]),
    ).toMatchObject({
      edited: [{ id: entry!.id }],
    });
  },
);
