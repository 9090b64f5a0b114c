import { SIGNED_OUT } from "@/e2e/browser/agent-test";
import { visit } from "@/e2e/browser/visit";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";

const KENJI = "/people?text=kenji";

test("people", async ({ admin }) => {
  await visit(admin, "/people");
  await photograph(admin);
});

test("people--none-match", async ({ admin }) => {
  await visit(admin, "/people?text=nobody");
  await photograph(admin);
});

test("people--inviting", async ({ admin }) => {
  await visit(admin, "/people");
  await admin.getByRole("button", { name: "Invite person" }).click();
  await expect(admin.getByLabel("Name", { exact: true })).toBeFocused();
  await photograph(admin);
});

test("people--one", async ({ admin }) => {
  await visit(admin, KENJI);
  await admin.getByRole("link", { name: "Kenji Watanabe" }).click();
  await expect(admin.getByRole("heading", { name: "Details" })).toBeVisible();
  await photograph(admin);
});

test("people--disabling", async ({ admin }) => {
  await visit(admin, KENJI);
  await admin.getByRole("link", { name: "Kenji Watanabe" }).click();
  await admin.getByRole("button", { name: "Disable" }).click();
  await expect(admin.getByLabel("Reason")).toBeFocused();
  await photograph(admin);
});

test("people--the-link", async ({ admin }) => {
  await visit(admin, KENJI);
  await admin.getByRole("link", { name: "Kenji Watanabe" }).click();
  await admin.getByRole("button", { name: "Reset password" }).click();
  await admin.getByRole("button", { name: "Create link" }).click();
  await expect(admin.getByTestId("link")).toBeVisible();
  await photograph(admin);
});

test("people--refused", async ({ page }) => {
  await visit(page, "/people");
  await photograph(page);
});

test.describe("signed out", () => {
  test.use({ storageState: SIGNED_OUT });

  test("set-password", async ({ page }) => {
    await visit(page, "/set-password#x");
    await photograph(page);
  });

  test("set-password--too-short", async ({ page }) => {
    await visit(page, "/set-password#x");
    await page.getByLabel("New password").fill("too short");
    await page.getByRole("button", { name: "Set password" }).click();
    await photograph(page);
  });

  test("set-password--not-whole", async ({ page }) => {
    await visit(page, "/set-password");
    await photograph(page);
  });
});
