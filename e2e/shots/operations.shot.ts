import type { Pool } from "pg";
import { visit } from "@/e2e/browser/visit";
import { lockJob, makeFailedJob } from "@/test/jobs";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";

/** A deployment of two web servers and two workers. `lost`: a worker has died. */
async function deploy(owner: Pool, lost = false): Promise<void> {
  await owner.query("DELETE FROM processes WHERE host LIKE 'console-%'");
  await owner.query(
    `INSERT INTO processes (id, kind, version, revision, host, pid, started_at, seen_at)
     SELECT uuidv7(), kind, '0.1.0', '4f1c2ab9d0', host, pid, now() - interval '26 hours',
       now() + interval '5 minutes' - CASE WHEN $1 AND host = 'console-worker-2' THEN interval '11 minutes' ELSE '0' END
     FROM (VALUES ('web', 'console-web-2', 12), ('worker', 'console-worker-1', 9), ('worker', 'console-worker-2', 9))
       AS p (kind, host, pid)`,
    [lost],
  );
}

/** Forgets what other pictures left. */
async function calm(owner: Pool): Promise<void> {
  await deploy(owner);
  await owner.query("DELETE FROM graphile_worker._private_jobs");
  await owner.query("UPDATE audit_unsealed SET occurred_at = now() + interval '5 minutes'");
  await owner.query("UPDATE delivery_endpoints SET open_until = NULL");
}

test("operations--problems", async ({ admin, console }) => {
  const { owner } = console.database;
  await calm(owner);
  await deploy(owner, true);
  await owner.query("UPDATE audit_unsealed SET occurred_at = now() - interval '6 minutes'");
  await makeFailedJob(owner, { task: "send_mail", error: "connect ECONNREFUSED 10.0.4.12:587" });
  await makeFailedJob(owner, {
    task: "make_checkpoint",
    error: "canceling statement due to statement timeout",
  });
  const running = await makeFailedJob(owner, { task: "cancel_batch" });
  await lockJob(owner, running.id, 190);
  await visit(admin, "/operations");
  await photograph(admin);
});

test("operations--run-again", async ({ admin, console }) => {
  const { owner } = console.database;
  await calm(owner);
  await makeFailedJob(owner, { task: "send_mail", error: "connect ECONNREFUSED 10.0.4.12:587" });
  await visit(admin, "/operations");
  await admin.getByRole("button", { name: /^Run again/ }).click();
  await expect(admin.getByRole("alertdialog")).toBeVisible();
  await photograph(admin);
});

test("operations--well", async ({ admin, console }) => {
  const { owner } = console.database;
  await calm(owner);
  // The seed has runs that are stuck.
  await admin.route("**/v1/admin/operations", async (route) => {
    const response = await route.fetch();
    const state = (await response.json()) as object;
    await route.fulfill({ response, json: { ...state, problems: [] } });
  });
  await visit(admin, "/operations");
  await expect(admin.getByText("Nothing is wrong.")).toBeVisible();
  await photograph(admin);
});

test("operations--refused", async ({ page }) => {
  await visit(page, "/operations");
  await photograph(page);
});
