import type { Page } from "@playwright/test";
import { makePerson } from "@/test/credentials";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

const box = (page: Page) => page.getByRole("combobox", { name: "Filter expression" });
const list = (page: Page) => page.getByRole("listbox", { name: "Suggestions" });
const caretOf = (page: Page) => box(page).evaluate((input) => (input as HTMLInputElement).selectionStart);

test("expression: completes fields and values, by keyboard alone", async ({ page }) => {
  await visit(page, "/runs");
  await box(page).focus();
  await page.keyboard.type("stat");
  await expect(list(page).getByRole("option")).toHaveText(["status_codethe run's status"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveValue("status_code:");
  await expect(list(page).getByRole("option")).toHaveCount(7);
  await expectAccessible(page, "suggestions");
  await page.keyboard.type("fa");
  await page.keyboard.press("ArrowUp");
  await expect(list(page).getByRole("option", { name: "failed" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveValue("status_code:failed");
  await expect(list(page)).toBeHidden();
  await expect(page).toHaveURL("/runs");

  await page.keyboard.type(" and org_id:nord");
  await expect(list(page).getByRole("option", { name: "Nordlicht Studio" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list(page)).toBeHidden();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveValue(/^status_code:failed and org_id:[0-9a-f-]{36}$/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=status_code%3Afailed\+and\+org_id/);
  await expect(box(page)).toBeFocused();
});

test("Enter without a chosen suggestion: applies the filter; a click on one: inserts it", async ({
  page,
}) => {
  await visit(page, "/runs");
  await box(page).fill("source_code:a");
  await list(page).getByRole("option", { name: "api" }).click();
  await expect(box(page)).toHaveValue("source_code:api");
  await expect(box(page)).toBeFocused();
  await box(page).fill("status_code:run");
  await expect(list(page)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/runs?q=status_code%3Arun");
  await expect(box(page)).toHaveAccessibleDescription(/status_code needs one of/);
});

test("invalid expression: marked at the error, with the caret there", async ({ page }) => {
  await visit(page, "/runs");
  const faulty = "status_code:running AND source_code:api AND AND cost>0.5";
  await box(page).fill(faulty);
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveAccessibleDescription(/at position 45\./);
  await expect(box(page)).toBeFocused();
  await expect.poll(() => caretOf(page)).toBe(44);
  const [excerpt, mark] = (await page.locator("[data-place]").innerText()).split("\n") as [string, string];
  expect(excerpt.slice(mark.indexOf("▲"))).toBe("AND cost>0.5");
  await expectAccessible(page, "a faulty expression");
  await page.keyboard.press("Delete");
  for (let press = 0; press < 3; press++) await page.keyboard.press("Delete");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-place]")).toHaveCount(0);
  await expect(box(page)).toHaveValue("status_code:running AND source_code:api AND cost>0.5");
});

test("expression on payloads without the permission: refused with an explanation", async ({
  openAs,
  console,
}) => {
  const page = await openAs(await makePerson(console.database.owner, { role: "auditor" }));
  await visit(page, "/runs");
  await box(page).fill("metadata.tenant:'shop 7'");
  await page.keyboard.press("Enter");
  await expect(box(page)).toHaveAccessibleDescription(/requires runs\.payload\.reveal/);
  await box(page).fill("metadata.tenant:null");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("table", { name: "Runs" })).toBeVisible();
});

test("expression help: names every field, and its examples can be applied", async ({ page }) => {
  await visit(page, "/runs");
  await page.getByRole("button", { name: "Help with expressions" }).focus();
  await page.keyboard.press("Enter");
  const help = page.getByRole("dialog", { name: "Expressions" });
  await expect(help.getByRole("button").first()).toBeFocused();
  await expect(help.getByRole("region", { name: "Fields" }).getByRole("term")).toHaveCount(16);
  await expectAccessible(page, "help with expressions");
  await page.keyboard.press("Enter");
  await expect(help).toBeHidden();
  await expect(box(page)).toBeFocused();
  await expect(box(page)).toHaveValue("status_code:running AND cost>0.5");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/runs?q=status_code%3Arunning+AND+cost%3E0.5");
});
