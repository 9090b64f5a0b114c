import type { Page } from "@playwright/test";
import { makePlan } from "@/test/cancellation-batches";
import { makePerson } from "@/test/credentials";
import { seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

const chip = (page: Page, name: RegExp) =>
  page.getByRole("group", { name: "Filters" }).getByRole("button", { name });
const topOf = (page: Page) =>
  page
    .locator("[data-row]")
    .first()
    .evaluate((link) => link.closest("tr")!.getBoundingClientRect().top);

test.beforeEach(({ page }) => page.setViewportSize({ width: 360, height: 740 }));

test("phone: rows come first, filters are one press away", async ({ page }) => {
  await visit(page, "/runs");
  expect(await topOf(page)).toBeLessThan(240);
  const box = page.getByRole("combobox", { name: "Filter expression" });
  await expect(chip(page, /^Status/)).toBeHidden();
  await expect(box).toBeHidden();

  const fold = page.getByRole("button", { name: "Filters", exact: true });
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await fold.click();
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await expect(box).toBeVisible();
  await expectAccessible(page, "unfolded filters");
  await chip(page, /^Status/).click();
  await page
    .getByRole("dialog", { name: "Filter by status" })
    .getByRole("checkbox", { name: "Failed" })
    .check();
  await expect(page).toHaveURL("/runs?status=failed");
  await page.keyboard.press("Escape");
  await fold.click();
  await expect(chip(page, /^Model/)).toBeHidden();
  await expect(chip(page, /^Status Failed/)).toBeVisible();
  await expectAccessible(page, "folded filters");
});

test("phone: active filters stay visible while the rest is folded", async ({ page }) => {
  await visit(page, "/runs?status=failed&q=cost%3E%3E");
  await expect(chip(page, /^Status Failed/)).toBeVisible();
  // Removing the last value in the chip's popup keeps the popup open.
  await chip(page, /^Status Failed/).click();
  const failed = page
    .getByRole("dialog", { name: "Filter by status" })
    .getByRole("checkbox", { name: "Failed" });
  await failed.uncheck();
  await expect(page).toHaveURL("/runs?q=cost%3E%3E");
  await expect(failed).toBeFocused();
  await failed.check();
  await expect(page).toHaveURL("/runs?status=failed&q=cost%3E%3E");
  await page.keyboard.press("Escape");
  const box = page.getByRole("combobox", { name: "Filter expression" });
  await expect(box).toHaveValue("cost>>");
  await expect(box).toHaveAccessibleDescription(/at position/);
  await page.getByRole("button", { name: "Remove the filter status" }).click();
  await expect(page).toHaveURL("/runs?q=cost%3E%3E");
  // The chip stays as long as it has the focus.
  await expect(chip(page, /^Status/)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(chip(page, /^Status/)).toBeHidden();
});

test("phone: every filtered list has its rows near the top", async ({ openAs, console }) => {
  const admin = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await makePlan(console.database, await seedFixture(console.database.owner));
  await admin.setViewportSize({ width: 360, height: 740 });
  for (const address of ["/runs", "/audit", "/runs/stuck", "/cancellations"]) {
    await visit(admin, address);
    await expect.poll(() => topOf(admin), address).toBeLessThan(260);
  }
});
