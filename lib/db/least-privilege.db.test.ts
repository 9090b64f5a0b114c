import { describe, expect, test } from "vitest";
import { useDatabase } from "@/lib/testing/database";
import { makeRun, makeScene, TEST_CONTEXT } from "@/lib/testing/scene";
import { cancelRun } from "@/lib/runs/cancel-run";

const database = useDatabase();
const DENIED = { code: "42501" };

describe("the application's role can't", () => {
  test.each([
    ["make itself an administrator", "UPDATE people SET role = 'admin'"],
    ["set a password", "UPDATE people SET password_hash = 'x'"],
    [
      "make a person",
      "INSERT INTO people (kind, name, email, role) VALUES ('staff', 'X', 'x@x.example', 'admin')",
    ],
    [
      "make a key",
      "INSERT INTO api_keys (kind, name, prefix, hash, owner_id) SELECT 'service', 'x', 'x', '', id FROM people",
    ],
    ["widen a key", "UPDATE api_keys SET scopes = '{admin}', reaches_all_orgs = true"],
    ["bring a revoked key back", "UPDATE api_keys SET revoked_at = NULL"],
    ["prolong a session", "UPDATE sessions SET expires_at = 'infinity'"],
    ["widen a reach", "INSERT INTO key_reach SELECT k.id, o.id FROM api_keys k, organizations o"],
    ["change what a customer sent", "UPDATE runs SET input = '{}'"],
    ["change who created a run", "UPDATE runs SET created_by = NULL"],
    ["move a run to another customer", "UPDATE runs SET org_id = org_id"],
    ["delete a run", "DELETE FROM runs"],
    ["change a price", "UPDATE models SET price_usd = 0"],
    ["switch triggers off", "ALTER TABLE audit_entries DISABLE TRIGGER ALL"],
    ["pretend to be a replica", "SET session_replication_role = replica"],
  ])("%s", async (_name, sql) => {
    await expect(database().app.query(sql)).rejects.toMatchObject(DENIED);
  });
});

describe("a run can't become cancelled without its entry", () => {
  const CANCEL = `UPDATE runs SET status_code = 'canceled', completed_at = now(), duration_ms = 1 WHERE id = $1`;

  test.each(["app", "owner"] as const)("not even by hand, as the %s", async (role) => {
    const { owner, [role]: sql } = database();
    const runId = await makeRun(owner, await makeScene(owner));
    await expect(sql.query(CANCEL, [runId])).rejects.toMatchObject({
      constraint: "runs_cancelled_with_entry",
    });
    const { rows } = await owner.query("SELECT status_code FROM runs WHERE id = $1", [runId]);
    expect(rows).toEqual([{ status_code: "running" }]);
  });

  test("and becomes so through the verb", async () => {
    const { owner, db } = database();
    const scene = await makeScene(owner);
    const runId = await makeRun(owner, scene);
    const { outcome } = await cancelRun(db, scene.support, { runId, reason: null, context: TEST_CONTEXT });
    expect(outcome).toBe("transitioned");
  });
});
