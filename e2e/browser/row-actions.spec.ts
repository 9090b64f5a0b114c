import type { Page } from "@playwright/test";
import { makePerson } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { readEffects } from "./effects";
import { runPage } from "./run-page";
import { visit } from "./visit";

const row = (page: Page, id: string) =>
  page.getByRole("row").filter({ has: page.locator(`a[href="/runs/${id}"]`) });
const listOf = (model: string) => `/runs?q=${encodeURIComponent(`model:'${model}'`)}`;

test("c on the focused row: cancels that run, and the focus returns to its row", async ({
  page,
  console,
  fixture,
}) => {
  const { database } = console;
  const [old, young] = [
    await makeRun(database.owner, fixture, { ageMs: 9_000 }),
    await makeRun(database.owner, fixture, { ageMs: 3_000 }),
  ];
  await visit(page, listOf(fixture.model));
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("c");
  const { dialog, reason, confirm } = runPage(page);
  await expect(reason).toBeFocused();
  await expect(dialog).toContainText(old);
  await expectAccessible(page, "cancel dialog on a list");
  await page.keyboard.press("Escape");
  await expect(row(page, old).getByRole("link")).toBeFocused();
  await page.keyboard.press("c");
  await reason.fill("stuck, #12");
  await confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  await expect(row(page, old)).toContainText("Canceled");
  expect(await readEffects(database, old)).toMatchObject({ status: "canceled", reasons: ["stuck, #12"] });
  expect(await readEffects(database, young)).toMatchObject({ status: "running", reasons: [] });
});

test("row menu: opens by click, moves by arrows, and says why a run can't be canceled", async ({
  page,
  context,
  console,
  fixture,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const id = await makeRun(console.database.owner, fixture, { status: "succeeded" });
  await visit(page, listOf(fixture.model));
  const button = row(page, id).getByRole("button", { name: /^Actions for run/ });
  await button.click();
  const menu = page.getByRole("menu");
  await expect(menu.getByRole("menuitem", { name: "Open run" })).toBeFocused();
  await expect(menu.getByRole("menuitem", { name: /^Cancel run/ })).toBeDisabled();
  await expectAccessible(page, "row menu");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(menu.getByRole("menuitem", { name: "Copy ID" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(menu).toBeHidden();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(id);
  await button.click();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();
});

test("selection: x, a click, a range and the whole page", async ({ page, context, console }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const fixture = await seedFixture(console.database.owner);
  const ids: string[] = [];
  for (const ageMs of [4_000, 3_000, 2_000, 1_000])
    ids.unshift(await makeRun(console.database.owner, fixture, { ageMs }));
  await visit(page, listOf(fixture.model));
  const box = (at: number) => row(page, ids[at]!).getByRole("checkbox");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(box(0)).toBeChecked();
  await box(2).click({ modifiers: ["Shift"] });
  for (const at of [0, 1, 2]) await expect(box(at)).toBeChecked();
  await expect(box(3)).not.toBeChecked();
  await expect(page.getByText("3 runs selected")).toBeVisible();
  await expectAccessible(page, "selected rows");
  await page.getByRole("button", { name: "Copy IDs" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(ids.slice(0, 3).join("\n"));
  await page.getByRole("checkbox", { name: "Select all runs on this page" }).click();
  await expect(page.getByText("4 runs selected")).toBeVisible();
  await page.getByRole("button", { name: "Clear selection" }).click();
  await expect(box(0)).not.toBeChecked();
});

test("selection on a phone: a card's checkbox, and all of the page", async ({ page, console }) => {
  const fixture = await seedFixture(console.database.owner);
  const ids = [
    await makeRun(console.database.owner, fixture),
    await makeRun(console.database.owner, fixture),
  ];
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, listOf(fixture.model));
  const box = row(page, ids[0]!).getByRole("checkbox");
  const target = await box.locator("xpath=..").boundingBox();
  expect(Math.min(target!.width, target!.height)).toBeGreaterThanOrEqual(24);
  // The label around the box is the target, not the card's link.
  await page.mouse.click(target!.x + 2, target!.y + 2);
  await expect(box).toBeChecked();
  await expect(page).toHaveURL(listOf(fixture.model));
  await expect(page.getByText("1 run selected")).toBeVisible();
  await page.getByRole("button", { name: "Select all" }).click();
  await expect(page.getByText("2 runs selected")).toBeVisible();
  await expect(page.getByRole("button", { name: "Select all" })).toBeHidden();
  await expectAccessible(page, "selected cards");
});

test("unknown filter values: reported, instead of showing too much or nothing", async ({ page }) => {
  await visit(page, "/runs?org=nordlicht-studi&status=dispatched");
  const main = page.getByRole("main");
  await expect(main).toContainText("Unknown status “dispatched”.");
  await expect(main).toContainText("Unknown customer “nordlicht-studi”.");
  await expect(main).toContainText("Did you mean Nordlicht Studio?");
  await expectAccessible(page, "unknown filters");
});

test("filters without a match: each can be removed alone", async ({ page, console }) => {
  const fixture = await seedFixture(console.database.owner);
  await makeRun(console.database.owner, fixture);
  await visit(page, `/runs?status=failed&model=${encodeURIComponent(fixture.model)}`);
  await page.getByRole("link", { name: "Remove failed" }).click();
  await expect(page).toHaveURL(`/runs?model=${encodeURIComponent(fixture.model)}`);
  await expect(page.getByRole("table", { name: "Runs" }).getByRole("row")).toHaveCount(2);
});

test("invalid expression: the previous rows stay, dimmed and inert", async ({ page }) => {
  await visit(page, "/runs");
  const link = page.getByRole("table", { name: "Runs" }).getByRole("link");
  await expect(link).toHaveCount(50);
  const box = page.getByRole("combobox", { name: "Filter expression" });
  await box.fill("cost>");
  await box.press("Enter");
  await expect(box).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("[inert] tr[data-id]")).toHaveCount(50);
});

test("table headers: stay in view while the list scrolls", async ({ page }) => {
  await visit(page, "/runs");
  await page.getByRole("table", { name: "Runs" }).getByRole("link").last().scrollIntoViewIfNeeded();
  await expect(page.getByRole("columnheader", { name: "Duration" })).toBeInViewport({ ratio: 1 });
});

test("stuck: c cancels the focused row", async ({ openAs, console }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const id = await makeRun(owner, fixture, { ageMs: 500_000 });
  const page = await openAs(await makePerson(owner, { orgIds: [fixture.orgId] }));
  await visit(page, "/runs/stuck");
  await page.keyboard.press("j");
  await page.keyboard.press("c");
  await runPage(page).reason.fill("stuck, #13");
  await runPage(page).confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  await expect(row(page, id)).toHaveCount(0, { timeout: 10_000 });
});
