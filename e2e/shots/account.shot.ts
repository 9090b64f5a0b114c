import { visit } from "@/e2e/browser/visit";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";

test("account", async ({ admin }) => {
  await visit(admin, "/account");
  await photograph(admin);
});

test("account--changing-the-password", async ({ admin }) => {
  await visit(admin, "/account");
  await admin.getByRole("button", { name: "Change password" }).click();
  await expect(admin.getByLabel("Current password", { exact: true })).toBeFocused();
  await admin.getByLabel("New password", { exact: true }).fill("too short");
  await admin.getByRole("dialog").getByRole("button", { name: "Change password" }).click();
  await photograph(admin);
});

test("account--confirming-the-password", async ({ admin, console }) => {
  await visit(admin, "/people");
  await console.database.owner.query("UPDATE sessions SET authenticated_at = now() - interval '1 day'");
  await admin.getByRole("button", { name: "Invite person" }).click();
  await admin.getByLabel("Name", { exact: true }).fill("Kim New");
  await admin.getByRole("dialog").getByLabel("Email").fill("kim@staff.example");
  await admin.getByRole("radio", { name: /^All customers/ }).check();
  await admin.getByRole("dialog").getByLabel("Email").press("Enter");
  await expect(admin.getByLabel("Password", { exact: true })).toBeFocused();
  await photograph(admin);
});
