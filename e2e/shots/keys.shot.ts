import type { Pool } from "pg";
import { visit } from "@/e2e/browser/visit";
import { makePerson } from "@/test/credentials";
import { seedFixture } from "@/test/fixture";
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
  await owner.query("UPDATE api_keys SET last_used_at = now() - interval '4 min' WHERE name = 'Production'");
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
  await expect(admin.getByRole("dialog").getByLabel("Owner", { exact: true })).toContainText("Grace Hopper");
  await photograph(admin);
});

test("keys--new-for-an-auditor", async ({ admin }) => {
  await visit(admin, "/keys");
  await admin.getByRole("button", { name: "New key" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Selected customers" }).check();
  const auditor = dialog
    .getByLabel("Owner", { exact: true })
    .getByRole("option", { name: /, auditor/ })
    .first();
  await dialog.getByLabel("Owner", { exact: true }).selectOption(await auditor.getAttribute("value"));
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
  await visit(admin, "/keys?org=basalt");
  await admin.getByRole("button", { name: "New key" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Production, second");
  await expect(dialog.getByLabel("Owner", { exact: true })).toContainText("@");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(admin.getByTestId("key")).toBeVisible();
  await photograph(admin);
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
