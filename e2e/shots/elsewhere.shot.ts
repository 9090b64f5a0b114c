import { visit } from "@/e2e/browser/visit";
import { makePerson } from "@/test/credentials";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";

test("palette", async ({ page }) => {
  await visit(page, "/runs");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Commands" }).getByRole("combobox")).toBeFocused();
  await photograph(page);
});

test("palette--found", async ({ page, fixture }) => {
  await visit(page, "/runs");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Commands" });
  await palette.getByRole("combobox").fill(`model:'${fixture.model}'`);
  await expect(palette.getByRole("group", { name: "Runs" })).toBeVisible();
  await photograph(page);
});

test("palette--faulty-expression", async ({ page }) => {
  await visit(page, "/runs");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Commands" });
  await palette.getByRole("combobox").fill("status_code:dancing");
  await expect(palette.getByRole("status")).toContainText("status_code needs one of");
  await photograph(page);
});

test("key-sheet", async ({ page }) => {
  await visit(page, "/runs");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await photograph(page);
});

test("account-menu", async ({ page }) => {
  await visit(page, "/audit");
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await expect(page.getByRole("dialog", { name: "Account" })).toBeVisible();
  await photograph(page);
});

test("session-ended", async ({ page, context }) => {
  await visit(page, "/runs/stuck");
  await context.clearCookies();
  await expect(page.getByText("Your session has ended")).toBeVisible({ timeout: 40_000 });
  await photograph(page);
});

test("not-found", async ({ page }) => {
  await visit(page, "/nowhere");
  await photograph(page);
});

test("unverified", async ({ openAs, console }) => {
  const person = await openAs(await makePerson(console.database.owner, { isVerified: false }));
  await visit(person, "/runs");
  await photograph(person);
});

test("error", async ({ page, console }) => {
  const { owner } = console.database;
  await owner.query("ALTER TABLE models RENAME TO models_away");
  try {
    await page.goto("/runs");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page could not be loaded");
    await photograph(page);
  } finally {
    await owner.query("ALTER TABLE models_away RENAME TO models");
  }
});

for (const name of ["Menu", "Form", "Question", "Dangerous question"]) {
  test(`components--${name.toLowerCase().replace(" ", "-")}`, async ({ page }) => {
    await visit(page, "/components");
    await page.getByRole("button", { name, exact: true }).click();
    await photograph(page);
  });
}

test("components", async ({ page }) => {
  await visit(page, "/components");
  await expect(page.getByRole("region", { name: "Sample payload as JSON" })).toBeVisible();
  await photograph(page, 12_000);
});
