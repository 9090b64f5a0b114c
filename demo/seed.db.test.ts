import { beforeAll, describe, expect, it } from "vitest";
import { reconcile } from "@/lib/billing/reconcile";
import { sealEntries } from "@/lib/audit/sealing/seal-entries";
import { verifyDatabase } from "@/lib/audit/verify/verify-database";
import { findKeyCaller } from "@/lib/identity/find-key-caller";
import { isWellFormedKey } from "@/lib/identity/key";
import { isPassword } from "@/lib/identity/password";
import { findFailingModels } from "@/lib/overview/find-failing-models";
import { cancelRun } from "@/lib/runs/cancel-run";
import { findDuplicates } from "@/lib/runs/find-duplicates";
import { findStuckRuns } from "@/lib/runs/find-stuck-runs";
import { ROLE_PERMISSIONS } from "@/lib/states/permissions";
import { useDatabase } from "@/test/database";
import { makeStaff, TEST_CONTEXT } from "@/test/fixture";
import { QUEUED_EFFECTS } from "@/test/queued-effects";
import { publishKey, signCheckpoint } from "@/test/sign-checkpoint";
import { makeTestSigner } from "@/test/test-signer";
import { seed } from "./seed";

const database = useDatabase();
let accounts: Awaited<ReturnType<typeof seed>>;
beforeAll(async () => void (accounts = await seed({ databaseUrl: database().ownerUrl, runs: 600 })));

const rows = async (sql: string) => (await database().owner.query(sql)).rows as Record<string, unknown>[];
const callerOf = (name: keyof typeof accounts.keys) => findKeyCaller(database().db, accounts.keys[name]);

describe("the demo's accounts", () => {
  it("include people of every role who can sign in with their passwords", async () => {
    expect(new Set(accounts.people.map(({ role }) => role))).toEqual(
      new Set(["support", "auditor", "admin"]),
    );
    expect(accounts.people.length).toBeGreaterThanOrEqual(12);
    const [person] = accounts.people;
    const [row] = await rows(`SELECT password_hash FROM people WHERE email = '${person!.email}'`);
    expect(row!["password_hash"]).toMatch(/^\$argon2id\$/);
    expect(await isPassword(String(row!["password_hash"]), person!.password)).toBe(true);
  });

  it("include the keys that their names describe", async () => {
    expect(Object.values(accounts.keys).every(isWellFormedKey)).toBe(true);
    const [first, second] = accounts.orgs.map(({ id }) => id);
    expect(await callerOf("admin")).toMatchObject({
      isAdmitted: true,
      reach: { all: true },
      person: { isVerified: true },
    });
    expect([...(await callerOf("admin"))!.permissions]).toEqual(ROLE_PERMISSIONS.admin);
    expect(await callerOf("admin_one_org")).toMatchObject({ isAdmitted: true, reach: { orgIds: [first] } });
    expect(await callerOf("svc_without_admin_scope")).toMatchObject({
      isAdmitted: false,
      reach: { all: true },
    });
    const readOnly = await callerOf("svc_read_only");
    expect(readOnly!.isAdmitted && readOnly!.permissions.has("audit.read")).toBe(true);
    expect(readOnly!.permissions.has("runs.cancel")).toBe(false);
    expect(await callerOf("svc_unverified_owner")).toMatchObject({
      isAdmitted: true,
      person: { isVerified: false },
    });
    expect(await callerOf("svc_expired")).toBeUndefined();
    expect(await callerOf("svc_revoked")).toBeUndefined();
    expect(await callerOf("inference")).toMatchObject({ kind: "inference", reach: { orgIds: [first] } });
    expect(await callerOf("inference_other_org")).toMatchObject({
      kind: "inference",
      reach: { orgIds: [second] },
    });
  });

  it("include one run by staff: its creator's key can't cancel it, another person can", async () => {
    const sql = `SELECT r.id, r.created_by, r.status_code FROM runs r JOIN people p ON p.id = r.created_by
      WHERE p.kind <> 'customer' OR p.org_id <> r.org_id`;
    const admin = (await callerOf("admin"))!;
    const [run, ...others] = await rows(sql);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ created_by: admin.person.id, status_code: "running" });
    const newest = "SELECT id FROM runs WHERE status_code = 'running' ORDER BY created_at DESC LIMIT 1";
    expect(await rows(newest)).not.toEqual([{ id: run!["id"] }]);
    expect((await callerOf("inference_of_staff"))!.person.id).toBe(admin.person.id);
    const command = { runId: String(run!["id"]), reason: "a test", context: TEST_CONTEXT };
    await expect(cancelRun(database().db, admin, command)).rejects.toMatchObject({
      options: { errors: [{ type: "self_action_forbidden" }] },
    });
    const second = await makeStaff(database().owner, "support");
    const undo = new Error("rollback: leaves the demo unchanged");
    const cancelling = database().db.$transaction(async (tx) => {
      expect((await cancelRun(tx, second, command)).outcome).toBe("transitioned");
      throw undo;
    });
    await expect(cancelling).rejects.toBe(undo);
  });
});

describe("the demo's month", () => {
  it("billing: every cost is a charge, and every customer has credit", async () => {
    expect(await reconcile(database().db)).toEqual([]);
    expect((await rows("SELECT FROM ledger_entries WHERE kind = 'charge'")).length).toBeGreaterThan(100);
    expect(await rows("SELECT FROM balances WHERE amount <= 0")).toEqual([]);
    expect(await rows("SELECT FROM balances WHERE amount < low_below")).toHaveLength(1);
    expect(await rows("SELECT FROM balances")).toHaveLength(accounts.orgs.length);
  });

  it("runs: the requested number, in every relevant state", async () => {
    const [{ count }] = (await rows("SELECT count(*)::int FROM runs")) as [{ count: number }];
    expect(count).toBe(600);
    const states = (await rows("SELECT DISTINCT status_code::text FROM runs")).map(
      (row) => row["status_code"],
    );
    expect(states).toEqual(expect.arrayContaining(["succeeded", "failed", "partial_succeeded", "canceled"]));
  });

  it("audit entries: one per canceled run, at its end; none for other runs", async () => {
    const canceled = await rows(
      "SELECT id, completed_at AS at FROM runs WHERE status_code = 'canceled' ORDER BY id",
    );
    expect(canceled.length).toBeGreaterThan(0);
    const entries =
      "SELECT target_id AS id, occurred_at AS at FROM audit_entries WHERE action = 'run.cancelled'";
    expect(await rows(`${entries} ORDER BY target_id`)).toEqual(canceled);
    expect(await rows(QUEUED_EFFECTS)).toHaveLength(canceled.length);
  });

  it("audit trail: sealed in chronological order; verifies", async () => {
    const client = await database().owner.connect();
    try {
      while ((await sealEntries(client, 200)) > 0);
    } finally {
      client.release();
    }
    const sealed = await rows(`SELECT s.position, e.occurred_at AS at, e.action, e.org_id
      FROM audit_seals s JOIN audit_entries e ON e.id = s.entry_id ORDER BY s.position`);
    expect(sealed.length).toBe((await rows("SELECT FROM audit_entries")).length);
    const moments = sealed.map(({ at }) => (at as Date).getTime());
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(new Set(sealed.map(({ action }) => action)).size).toBeGreaterThan(6);
    const days = new Set(moments.map((ms) => new Date(ms).toISOString().slice(0, 10)));
    expect(days.size).toBeGreaterThan(20);
    const signer = makeTestSigner();
    await publishKey(database().owner, signer);
    await signCheckpoint(database().owner, signer);
    const trusted = { keys: [signer.verifierKey], copies: [], archives: [] };
    const report = await verifyDatabase(database().ownerUrl, trusted);
    expect(report).toMatchObject({ findings: [] });
  });

  it("story: duplicates with one client ref, a stuck model, a failing customer", async () => {
    const [pair] = await rows(
      "SELECT id FROM runs WHERE client_ref = 'kl_77120' AND status_code = 'running'",
    );
    const { runs } = await findDuplicates(database().db, String(pair!["id"]));
    expect(runs.map(({ isSelf, hasSameInput }) => [isSelf, hasSameInput])).toEqual([
      [false, true],
      [true, true],
    ]);
    const stuck = await findStuckRuns(database().db, { all: true }, { limit: 500 });
    const models = Map.groupBy(stuck.items, ({ model }) => model);
    expect(models.get("runflow/background-replace")!.length).toBeGreaterThan(10);
    const failing = await findFailingModels(database().db, { all: true });
    expect(failing.map(({ model }) => model)).toContain("google/nano-banana-pro");
  });

  it("provider events: applied ones agree with the runs", async () => {
    const sql = `SELECT FROM provider_events e JOIN runs r ON r.id = e.run_id
      WHERE e.outcome = 'applied' AND is_terminal(e.status_code::run_status) AND e.status_code <> r.status_code::text`;
    expect(await rows(sql)).toEqual([]);
    expect((await rows("SELECT FROM provider_events LIMIT 10")).length).toBe(10);
  });
});
