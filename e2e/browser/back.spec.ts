import { makeRun, seedFixture } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { runPage } from "./run-page";
import { visit } from "./visit";

test("back to a paused list: still paused, same focused row and scroll position", async ({
  page,
  console,
}) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  for (let age = 0; age < 45; age++) {
    await makeRun(owner, fixture, { status: "succeeded", ageMs: 60_000 + age * 1_000 });
  }
  await visit(page, `/runs?q=${encodeURIComponent(`model:'${fixture.model}'`)}`);
  await page.getByRole("button", { name: "Pause updates" }).click();
  const rows = page.getByRole("table", { name: "Runs" }).getByRole("link");
  const row = rows.nth(40);
  await row.scrollIntoViewIfNeeded();
  const id = (await row.getAttribute("href"))!.replace("/runs/", "");
  const scrolled = await page.evaluate(() => window.scrollY);
  expect(scrolled).toBeGreaterThan(100);
  await row.click();
  await expect(runPage(page).title(id)).toBeVisible();
  await page.goBack();
  await expect(row).toBeFocused();
  expect(await page.evaluate(() => window.scrollY)).toBe(scrolled);
  await expect(page.getByRole("button", { name: "Resume updates" })).toBeVisible();
  await page.keyboard.press("k");
  await expect(rows.nth(39)).toBeFocused();
});

test("new visit to a list: live, without focus", async ({ page }) => {
  await visit(page, "/runs");
  await page.getByRole("button", { name: "Pause updates" }).click();
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Audit", exact: true })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Audit trail" })).toBeVisible();
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Runs", exact: true })
    .click();
  await expect(page.getByRole("button", { name: "Pause updates" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Runs" }).locator(":focus")).toHaveCount(0);
});

test("back while offline: the page explains the wait, and loads once online", async ({
  page,
  context,
  console,
  fixture,
  faults,
}) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/);
  const id = await makeRun(console.database.owner, fixture);
  await visit(page, "/runs");
  await page
    .getByRole("link", { name: /^Stuck/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Stuck runs" })).toBeVisible();
  await page.goto(`/runs/${id}`);
  await page.getByRole("link", { name: "Runs", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
  await context.setOffline(true);
  await page.goBack();
  await expect(
    page.getByText("You are offline. Pages and updates will load when the connection is back."),
  ).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("You are offline.")).toBeHidden();
  await expect(runPage(page).title(id)).toBeVisible();
});
