import { whileLocked } from "@/test/while-locked";
import { visit } from "@/e2e/browser/visit";
import { makePerson } from "@/test/credentials";
import { seedFixture } from "@/test/fixture";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";

test("audit", async ({ page }) => {
  await visit(page, "/audit");
  await photograph(page);
});

test("audit--none-match", async ({ page }) => {
  await visit(page, "/audit?ticket=none");
  await photograph(page);
});

test("audit--filter-error", async ({ page }) => {
  await visit(page, "/audit?from=2026-02-31&org=nobody");
  await photograph(page);
});

test("audit--empty", async ({ openAs, console }) => {
  const { owner } = console.database;
  const newcomer = await openAs(await makePerson(owner, { orgIds: [(await seedFixture(owner)).orgId] }));
  await visit(newcomer, "/audit");
  await photograph(newcomer);
});

test("audit--choosing-days", async ({ page }) => {
  await visit(page, "/audit?from=2026-01-01");
  await page.getByRole("button", { name: /^Days/ }).click();
  await photograph(page);
});

test("audit--entry", async ({ page }) => {
  await visit(page, "/audit");
  await page.getByRole("table", { name: "Audit entries" }).getByRole("link").first().click();
  await expect(page.getByRole("region", { name: "Actor", exact: true })).toBeVisible();
  await photograph(page);
});

test("audit--loading", async ({ page, console }) => {
  await visit(page, "/runs");
  await whileLocked(console.database.owner, "audit_entries", async () => {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit" }).click();
    await expect(page.getByText("Loading…")).toBeAttached();
    await photograph(page);
  });
});
