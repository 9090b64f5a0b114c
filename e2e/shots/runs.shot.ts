import { whileLocked } from "@/test/while-locked";
import { visit } from "@/e2e/browser/visit";
import { makePerson } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";

test("runs", async ({ page }) => {
  await visit(page, "/runs");
  await photograph(page);
});

test("runs--filtered", async ({ page }) => {
  await visit(page, "/runs?status=failed,canceled&age=7d&sort=cost:desc");
  await photograph(page);
});

test("runs--compact-with-chosen-columns", async ({ page }) => {
  await visit(
    page,
    "/runs?density=compact&columns=model,customer,source,client_ref,request_id,created,duration,cost",
  );
  await photograph(page);
});

test("runs--row-focused", async ({ page }) => {
  await visit(page, "/runs");
  for (let row = 0; row < 3; row++) await page.keyboard.press("j");
  await photograph(page);
});

test("runs--choosing-a-status", async ({ page }) => {
  await visit(page, "/runs?status=succeeded");
  await page.getByRole("button", { name: "Status", exact: false }).first().click();
  await expect(page.getByRole("dialog", { name: "Filter by status" })).toBeVisible();
  await photograph(page);
});

test("runs--display-menu", async ({ page }) => {
  await visit(page, "/runs");
  await page.getByRole("button", { name: "Display" }).click();
  await expect(page.getByRole("checkbox", { name: "Model" })).toBeVisible();
  await photograph(page);
});

test("runs--views-menu-empty", async ({ page }) => {
  await visit(page, "/runs");
  await page.getByRole("button", { name: /^Views/ }).click();
  await expect(page.getByRole("button", { name: "Save this list as a view" })).toBeVisible();
  await photograph(page);
});

test("runs--saving-a-view", async ({ page }) => {
  await visit(page, "/runs?status=failed");
  await page.getByRole("button", { name: /^Views/ }).click();
  await page.getByRole("button", { name: "Save this list as a view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this list as a view" });
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await photograph(page);
});

test("runs--views-menu", async ({ page }) => {
  await visit(page, "/runs");
  for (const view of [
    { name: "Failed today", scope: "own", query: "status=failed&age=24h" },
    { name: "Expensive", scope: "team", query: "q=cost%3E0.5" },
  ]) {
    await page.evaluate(async (body) => {
      const headers = { "Content-Type": "application/json" };
      await fetch("/v1/admin/views", { method: "POST", headers, body: JSON.stringify(body) });
    }, view);
  }
  await visit(page, "/runs?status=failed&age=24h");
  await page.getByRole("button", { name: /^Views/ }).click();
  await expect(page.getByRole("region", { name: "The team’s" })).toBeVisible();
  await photograph(page);
});

test("runs--completion", async ({ page }) => {
  await visit(page, "/runs");
  await page.getByRole("combobox", { name: "Filter expression" }).focus();
  await page.keyboard.type("status_code:");
  await expect(page.getByRole("listbox", { name: "Suggestions" }).getByRole("option")).toHaveCount(7);
  await page.keyboard.press("ArrowDown");
  await photograph(page);
});

test("runs--expression-help", async ({ page }) => {
  await visit(page, "/runs");
  await page
    .getByRole("button", { name: /expression/i })
    .last()
    .click();
  await expect(page.getByText("Examples")).toBeVisible();
  await photograph(page);
});

test("runs--faulty-expression", async ({ page }) => {
  await visit(page, "/runs?q=status_code%3Arunning+AND+AND+cost%3E0.5");
  await expect(page.getByText("Can’t run this filter")).toBeVisible();
  await photograph(page);
});

test("runs--none-match", async ({ page }) => {
  await visit(page, "/runs?q=cost%3E99999");
  await photograph(page);
});

test("runs--page-gone", async ({ page }) => {
  await visit(page, "/runs?pq=x");
  await photograph(page);
});

test("runs--empty", async ({ openAs, console }) => {
  const { owner } = console.database;
  const newcomer = await openAs(await makePerson(owner, { orgIds: [(await seedFixture(owner)).orgId] }));
  await visit(newcomer, "/runs");
  await photograph(newcomer);
});

test("runs--loading", async ({ page, console }) => {
  await visit(page, "/audit");
  await whileLocked(console.database.owner, "saved_views", async () => {
    await page
      .getByRole("navigation", { name: "Main" })
      .getByRole("link", { name: "Runs", exact: true })
      .click();
    await expect(page.getByText("Loading…")).toBeAttached();
    await photograph(page);
  });
});

test("runs--new-runs", async ({ page, console, fixture }) => {
  await visit(page, "/runs");
  for (let count = 0; count < 3; count++) await makeRun(console.database.owner, fixture, { ageMs: 0 });
  await expect(page.getByRole("button", { name: "Show 3 new runs" })).toBeVisible();
  await photograph(page);
});

test("runs--paused", async ({ page }) => {
  await visit(page, "/runs");
  await page.getByRole("button", { name: "Pause updates" }).click();
  await expect(page.getByText("Paused", { exact: true })).toBeVisible();
  await photograph(page);
});

test("runs--reconnecting", async ({ page, context }) => {
  await visit(page, "/runs");
  await context.setOffline(true);
  await expect(page.getByText("Reconnecting", { exact: true })).toBeVisible();
  await photograph(page);
});
