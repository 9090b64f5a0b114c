import type { Page } from "@playwright/test";
import type { Pool } from "pg";
import { visit } from "@/e2e/browser/visit";
import { makeKey, makePerson } from "@/test/credentials";
import { seedFixture } from "@/test/fixture";
import type { Console } from "@/e2e/browser/test";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";

const idOf = async (owner: Pool, name: string): Promise<string> => {
  const { rows } = await owner.query<{ id: string }>(
    "SELECT k.id FROM api_keys k LEFT JOIN organizations o ON o.id = k.org_id WHERE k.name = $1 ORDER BY o.slug LIMIT 1",
    [name],
  );
  return rows[0]!.id;
};

test("keys", async ({ admin, console }) => {
  const { owner } = console.database;
  await owner.query(
    "UPDATE api_keys SET last_used_at = now() - interval '4 min', last_used_ip = '198.51.100.24' WHERE name = 'Production'",
  );
  await owner.query("UPDATE api_keys SET expires_at = now() + interval '3 days' WHERE name = 'Audit tailer'");
  await visit(admin, "/keys");
  await photograph(admin);
});

test("keys--none-match", async ({ admin }) => {
  await visit(admin, "/keys?text=rf_live_0000");
  await photograph(admin);
});

test("keys--empty", async ({ openAs, console }) => {
  const { owner } = console.database;
  const { orgId } = await seedFixture(owner);
  await owner.query("DELETE FROM api_keys WHERE org_id = $1", [orgId]);
  const newcomer = await openAs(await makePerson(owner, { role: "admin", orgIds: [orgId] }));
  await visit(newcomer, "/keys");
  await photograph(newcomer);
});

test("keys--refused", async ({ page }) => {
  await visit(page, "/keys");
  await photograph(page);
});

test("keys--new", async ({ admin }) => {
  await visit(admin, "/keys");
  await admin.getByRole("button", { name: "New key" }).click();
  await expect(admin.getByRole("dialog").getByLabel("Name")).toBeFocused();
  await photograph(admin);
});

test("keys--new-incomplete", async ({ admin }) => {
  await visit(admin, "/keys");
  await admin.getByRole("button", { name: "New key" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Selected customers" }).check();
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByLabel("Name")).toHaveAccessibleDescription(/Enter a name/);
  await photograph(admin);
});

test("keys--new-for-a-customer", async ({ admin }) => {
  await visit(admin, "/keys?org=basalt");
  await admin.getByRole("button", { name: "New key" }).click();
  await expect(admin.getByRole("dialog").getByLabel("Owner", { exact: true })).toContainText("@");
  await photograph(admin);
});

test("keys--shown-once", async ({ admin }) => {
  await visit(admin, "/keys");
  await admin.getByRole("button", { name: "New key" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Ticket tool");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(admin.getByTestId("key")).toBeVisible();
  await photograph(admin);
});

/** Makes a key for a customer's person, up to the link. */
async function makeLink(admin: Page): Promise<string> {
  await visit(admin, "/keys?org=basalt");
  await admin.getByRole("button", { name: "New key" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Production, second");
  await expect(dialog.getByLabel("Owner", { exact: true })).toContainText("@");
  await dialog.getByRole("button", { name: "Create key" }).click();
  const link = new URL(await admin.getByTestId("link").innerText());
  return link.pathname + link.hash;
}

test("keys--link-for-a-customer", async ({ admin }) => {
  await makeLink(admin);
  await photograph(admin);
});

test("keys--pending", async ({ admin }) => {
  await makeLink(admin);
  await admin.getByRole("button", { name: "I’ve sent the link" }).click();
  await expect(admin.getByText("has not claimed this key")).toBeVisible();
  await photograph(admin);
});

test("claim-key", async ({ openAs }) => {
  const customer = await openAs();
  await visit(customer, "/claim-key#x");
  await photograph(customer);
});

test("claim-key--shown", async ({ admin, openAs }) => {
  const link = await makeLink(admin);
  await admin.getByRole("button", { name: "I’ve sent the link" }).click();
  const customer = await openAs();
  await visit(customer, link);
  await customer.getByRole("button", { name: "Show the key" }).click();
  await expect(customer.getByTestId("key")).toBeVisible();
  await photograph(customer);
});

test("keys--one", async ({ admin, console }) => {
  await visit(admin, `/keys/${await idOf(console.database.owner, "Support automation")}`);
  await photograph(admin);
});

test("keys--for-support", async ({ openAs, console }) => {
  const { owner } = console.database;
  const support = await openAs(await makePerson(owner));
  await visit(support, `/keys/${await idOf(owner, "Internal testing")}`);
  await photograph(support);
});

test("keys--suspended", async ({ admin, console }) => {
  await visit(admin, `/keys/${await idOf(console.database.owner, "Migration script")}`);
  await photograph(admin);
});

/** A key that started 3,200 runs within the last hours, and tried the admin API. */
async function makeAbused(owner: Pool): Promise<string> {
  const id = await idOf(owner, "Production");
  const { rowCount } = await owner.query("SELECT FROM security_events WHERE actor_id = $1 LIMIT 1", [id]);
  if (rowCount) return id;
  await owner.query("UPDATE api_keys SET last_used_at = now(), last_used_ip = '192.0.2.66' WHERE id = $1", [
    id,
  ]);
  await owner.query(
    `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id, created_by, api_key_id,
       created_ip, created_at, started_at, completed_at, duration_ms)
     SELECT k.org_id, m.id, m.slug, 'api', t.status, '{}', 'req_shot', k.owner_id, k.id,
       CASE WHEN t.n % 9 = 0 THEN '198.51.100.' || 24 + t.n % 4 ELSE '192.0.2.66' END, t.at,
       CASE WHEN t.status <> 'queued' THEN t.at END, CASE WHEN is_terminal(t.status) THEN t.at END,
       CASE WHEN is_terminal(t.status) THEN 0 END
     FROM api_keys k, models m, (
       SELECT n, (ARRAY['running', 'succeeded', 'queued', 'succeeded', 'failed', 'running', 'canceled'])[1 + n % 7]::run_status
         AS status, date_trunc('milliseconds', now() - (n * n / 800) * interval '1 s') AS at
       FROM generate_series(1, 6200) n) t
     WHERE k.id = $1 AND m.slug = 'runflow/background-removal'`,
    [id],
  );
  await owner.query(
    `INSERT INTO security_events (kind, status, code, method, path, actor_type, actor_id, org_id, ip, request_id)
     SELECT 'request.refused', 401, CASE WHEN n % 5 = 0 THEN 'RATE_LIMITED' ELSE 'UNAUTHORIZED' END, 'GET', '/v1/admin/runs',
       'inference_key', id, org_id, '203.0.113.' || (7 + n * n / 900), 'req_shot'
     FROM api_keys, generate_series(1, 84) n WHERE id = $1`,
    [id],
  );
  return id;
}

test("keys--abused", async ({ admin, console }) => {
  await visit(admin, `/keys/${await makeAbused(console.database.owner)}`);
  await photograph(admin);
});

test("keys--abused-for-support", async ({ openAs, console }) => {
  const { owner } = console.database;
  const support = await openAs(await makePerson(owner));
  await visit(support, `/keys/${await makeAbused(owner)}`);
  await photograph(support);
});

/** A person with a leaked key and one that expires soon. */
async function makeNoticed({ database: { owner }, server }: Console) {
  const ida = await makePerson(owner, { role: "admin" });
  const [soon, leaked] = [
    await makeKey(owner, { ownerId: ida.id }),
    await makeKey(owner, { ownerId: ida.id }),
  ];
  await owner.query("UPDATE api_keys SET name = 'Ticket tool' WHERE id = $1", [leaked.id]);
  await owner.query(
    "UPDATE api_keys SET name = 'Nightly report', expires_at = now() + interval '9 days' WHERE id = $1",
    [soon.id],
  );
  await owner.query("INSERT INTO key_notices (key_id, kind) VALUES ($1, 'expires_in_10_days')", [soon.id]);
  await fetch(`${server.baseUrl}/v1/leaked-keys`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ key: leaked.text, source_url: "https://github.example/acme/app/blob/main/.env" }),
  });
  return { ida, soon, leaked };
}

test("keys--own-notices", async ({ openAs, console }) => {
  const page = await openAs((await makeNoticed(console)).ida);
  await visit(page, "/keys");
  await photograph(page);
});

test("keys--leaked", async ({ openAs, console }) => {
  const { ida, leaked } = await makeNoticed(console);
  const page = await openAs(ida);
  await visit(page, `/keys/${leaked.id}`);
  await photograph(page);
});

test("keys--expiring", async ({ openAs, console }) => {
  const { ida, soon } = await makeNoticed(console);
  const page = await openAs(ida);
  await visit(page, `/keys/${soon.id}`);
  await photograph(page);
});

test("keys--suspending", async ({ admin, console }) => {
  await visit(admin, `/keys/${await makeAbused(console.database.owner)}`);
  await admin.getByRole("button", { name: "Suspend for an hour" }).click();
  await admin
    .getByRole("alertdialog")
    .getByLabel(/^Reason/)
    .fill("Ticket #4821: the key is abused");
  await photograph(admin);
});

test("keys--suspended-for-an-hour", async ({ admin, console }) => {
  await visit(admin, `/keys/${await makeAbused(console.database.owner)}`);
  await admin.getByRole("button", { name: "Suspend for an hour" }).click();
  const dialog = admin.getByRole("alertdialog");
  await dialog.getByLabel(/^Reason/).fill("Ticket #4821: the key is abused");
  await dialog.getByRole("button", { name: "Suspend for an hour" }).click();
  await expect(admin.getByRole("status", { name: "Status" })).toHaveText("Suspended");
  await photograph(admin);
});

test("keys--revoking", async ({ admin, console }) => {
  await visit(admin, `/keys/${await idOf(console.database.owner, "Production")}`);
  await admin.getByRole("button", { name: "Revoke key" }).click();
  const reason = admin.getByRole("alertdialog").getByLabel(/^Reason/);
  await expect(reason).toBeFocused();
  await reason.fill("Ticket #4821: the key is abused");
  await photograph(admin);
});

test("keys--revoked", async ({ admin, console }) => {
  await visit(admin, `/keys/${await idOf(console.database.owner, "Nightly report")}`);
  await admin.getByRole("button", { name: "Revoke key" }).click();
  const dialog = admin.getByRole("alertdialog");
  await dialog.getByLabel(/^Reason/).fill("Ticket #4821: the key was made public");
  await dialog.getByRole("button", { name: "Revoke key" }).click();
  await expect(admin.getByText("Revoked by you.")).toBeVisible();
  await expect(admin.getByRole("status", { name: "Status" })).toHaveText("Revoked");
  await photograph(admin);
});

test("keys--entry", async ({ admin, console }) => {
  const { rows } = await console.database.owner.query<{ target_id: string }>(
    "SELECT target_id FROM audit_entries WHERE action = 'key.created' LIMIT 1",
  );
  await visit(admin, `/keys/${rows[0]!.target_id}`);
  await admin.getByRole("link", { name: "Created key" }).click();
  await expect(admin.getByRole("region", { name: "Change", exact: true })).toBeVisible();
  await photograph(admin);
});

test("keys--not-found", async ({ admin }) => {
  await visit(admin, "/keys/0196f1a0-0000-7000-8000-00000000abcd");
  await photograph(admin);
});
