import type { Page } from "@playwright/test";
import { makePerson } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

const menuButton = (page: Page) => page.getByRole("button", { name: /^Views/ });
const menu = (page: Page) => page.getByRole("dialog", { name: "Views" });
const dialog = (page: Page) => page.getByRole("dialog", { name: /^(Save this list as a view|Edit view)$/ });

async function openMenu(page: Page): Promise<void> {
  await menuButton(page).focus();
  await page.keyboard.press("Enter");
  await expect(menu(page)).toBeVisible();
}

test("view: saved, found with its count, shared with the team, changed and deleted, without a mouse", async ({
  page,
  console,
  openAs,
}) => {
  const { owner } = console.database;
  // The team's seeded views would be listed too.
  await owner.query("DELETE FROM saved_views");
  const fixture = await seedFixture(owner);
  for (const status of ["running", "running", "failed"] as const) await makeRun(owner, fixture, { status });
  const query = { status: "running", q: `model:'${fixture.model}'`, density: "compact" };
  const list = `/runs?${new URLSearchParams(query)}`;
  await visit(page, list);
  await openMenu(page);
  await expect(menu(page)).toContainText("No saved views yet.");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByLabel("Name")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByLabel("Name")).toHaveAccessibleDescription("Enter a name.");
  await expectAccessible(page, "view dialog with a problem");
  await page.keyboard.type("Running here");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeHidden();
  await expect(menuButton(page)).toBeFocused();
  await expect(menuButton(page)).toHaveText("ViewsRunning here");

  await visit(page, "/runs");
  await openMenu(page);
  const link = menu(page).getByRole("link", { name: "Running here 2 runs" });
  await expect(link).toBeFocused();
  await expectAccessible(page, "menu of views");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(list);
  await expect(menu(page)).toBeHidden();
  await expect(page.getByRole("table", { name: "Runs" }).getByRole("row")).toHaveCount(3);

  await openMenu(page);
  await expect(link).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(menu(page).getByRole("button", { name: "Edit the view Running here" })).toBeFocused();
  await page.keyboard.press("Enter");
  await dialog(page).getByRole("radio", { name: "The team" }).press("Space");
  await dialog(page).getByLabel("Name").press("Enter");
  await expect(dialog(page)).toBeHidden();

  const colleague = await openAs(await makePerson(owner, { role: "auditor" }));
  await visit(colleague, "/audit");
  await colleague.keyboard.press("Control+k");
  await colleague.getByRole("combobox").fill("running h");
  await expect(colleague.getByRole("option", { name: /^Running here Team/ })).toBeVisible();
  await colleague.keyboard.press("Enter");
  await expect(colleague.getByRole("table", { name: "Runs" }).getByRole("row")).toHaveCount(3);
  await menuButton(colleague).click();
  await expect(menu(colleague).getByRole("region", { name: "The team’s" })).toContainText("Running here");
  await expect(menu(colleague).getByRole("button", { name: /^Edit/ })).toHaveCount(0);

  await openMenu(page);
  await menu(page).getByRole("button", { name: "Edit the view Running here" }).press("Enter");
  await dialog(page).getByRole("button", { name: "Delete view…" }).press("Enter");
  await expect(dialog(page).getByRole("button", { name: "Keep view" })).toBeFocused();
  await expectAccessible(page, "view dialog, confirming a deletion");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeHidden();
  await expect(menuButton(page)).toHaveText("Views");
  await openMenu(page);
  await expect(menu(page)).toContainText("No saved views yet.");
});

test("taken view name: explained at the field; overwrite: replaces the view's list", async ({
  page,
  faults,
}) => {
  faults.expect(/\/v1\/admin\/views.*409/);
  await visit(page, "/runs?status=failed");
  const save = async (name: string) => {
    await openMenu(page);
    await menu(page).getByRole("button", { name: "Save this list as a view" }).press("Enter");
    await dialog(page).getByLabel("Name").fill(name);
    await page.keyboard.press("Enter");
  };
  await save("Failed");
  await expect(dialog(page)).toBeHidden();
  await save("FAILED");
  await expect(dialog(page).getByLabel("Name")).toHaveAccessibleDescription(
    /already has a view with this name/,
  );
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();

  await visit(page, "/runs?status=failed&age=24h");
  await openMenu(page);
  await menu(page).getByRole("button", { name: "Edit the view Failed" }).press("Enter");
  await dialog(page)
    .getByRole("checkbox", { name: /^Update view with current filters/ })
    .press("Space");
  await dialog(page).getByRole("button", { name: "Save changes" }).press("Enter");
  await expect(dialog(page)).toBeHidden();
  await expect(menuButton(page)).toHaveText("ViewsFailed");
});
