import { makeRun } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { readEffects } from "./effects";
import { runPage } from "./run-page";
import { expectAlive, visit } from "./visit";

test("keyboard alone: from the list to a canceled run", async ({ page, console, fixture }) => {
  const { database } = console;
  const ids = [
    await makeRun(database.owner, fixture),
    await makeRun(database.owner, fixture, { ageMs: 1_000 }),
  ];
  await visit(page, `/runs?q=${encodeURIComponent(`model:'${fixture.model}' AND status_code:running`)}`);
  const rows = page.getByRole("table", { name: "Runs" }).getByRole("link");
  await expect(rows.first()).toContainText(ids[1]!);

  await page.keyboard.press("j");
  await expect(rows.nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(rows.nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const id = ids[0]!;
  const run = runPage(page);
  await expect(run.title(id)).toBeVisible();

  await page.keyboard.press("c");
  await expect(run.reason).toBeFocused();
  await expect(run.reason).toHaveValue("");
  await page.keyboard.type("c is for cancel, #31");
  await page.keyboard.press("Escape");
  await expect(run.dialog).toBeHidden();
  await expect(run.cancel).toBeFocused();
  expect(await readEffects(database, id)).toEqual({ status: "running", reasons: [], jobs: 0 });

  await page.keyboard.press("c");
  await expect(run.reason).toBeFocused();
  await expect(run.reason).toHaveValue("c is for cancel, #31");
  await page.keyboard.press("Tab");
  await expect(run.dialog.getByRole("link", { name: "#31" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(run.keep).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(run.confirm).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(await readEffects(database, id)).toEqual({
    status: "canceled",
    reasons: ["c is for cancel, #31"],
    jobs: 1,
  });
});

test("look-up: focuses the page that it opens, so that its shortcuts work", async ({
  page,
  console,
  fixture,
}) => {
  const id = await makeRun(console.database.owner, fixture);
  await visit(page, "/audit");
  await page.keyboard.press("/");
  const box = page.getByRole("searchbox", { name: "Look up a run" });
  await expect(box).toBeFocused();
  await page.keyboard.type(id);
  await page.keyboard.press("Enter");
  const run = runPage(page);
  await expect(run.title(id)).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("c");
  await expect(run.reason).toBeFocused();
  await expect(box).toHaveValue("");
  await page.keyboard.press("Escape");

  // The same for a list.
  await page.keyboard.press("/");
  await page.keyboard.type(`model:'${fixture.model}'`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/runs\?/);
  const row = page.getByRole("table", { name: "Runs" }).getByRole("link").first();
  await expect(row).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("j");
  await expect(row).toBeFocused();
});

test("Tab: never leaves the dialog, in either direction", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture);
  await visit(page, `/runs/${id}`);
  const run = runPage(page);
  await expect(run.title(id)).toBeVisible();
  await page.keyboard.press("c");
  await expect(run.reason).toBeFocused();
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let press = 0; press < 6; press++) {
      await page.keyboard.press(key);
      // Between the last and the first element the focus is on the browser's own controls.
      const place = await run.dialog.evaluate((dialog) =>
        dialog.contains(document.activeElement) ? "inside" : document.activeElement?.tagName,
      );
      expect(["inside", "BODY"]).toContain(place);
    }
  }
});

test("Ctrl+Enter in the reason: cancels; Enter: adds a line", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture);
  await visit(page, `/runs/${id}`);
  const run = runPage(page);
  await expect(run.title(id)).toBeVisible();
  await page.keyboard.press("c");
  await expect(run.reason).toBeFocused();
  await page.keyboard.type("stuck");
  await page.keyboard.press("Enter");
  await page.keyboard.type("since noon");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(await readEffects(console.database, id)).toMatchObject({ reasons: ["stuck\nsince noon"] });
});

test("single-key shortcuts: listed on a sheet, can be turned off for this browser", async ({ page }) => {
  await visit(page, "/runs");
  const box = page.getByRole("searchbox", { name: "Look up a run" });
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await page.keyboard.press("/");
  await expect(box).toBeFocused();
  await page.keyboard.type("?jc/");
  await expect(box).toHaveValue("?jc/");
  await box.fill("");
  await page.getByRole("heading", { level: 1 }).click();

  await page.keyboard.press("?");
  await expect(sheet).toBeVisible();
  await expect(sheet.getByRole("term")).toHaveText([
    "Go to the look-up box",
    "Find a page, a view or a command",
    "Next row, or next run of the list",
    "Previous row, or previous run",
    "Open the row",
    "Select the row",
    "Select this and the next row; Shift k: the previous",
    "Cancel the run on screen, or the selected runs",
    "Show these keys",
  ]);
  await sheet.getByRole("checkbox", { name: "Single-key shortcuts" }).uncheck();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();

  await page.reload();
  await expectAlive(page);
  await expect(page.getByRole("table", { name: "Runs" })).toBeVisible();
  for (const key of ["?", "/", "j"]) await page.keyboard.press(key);
  await expect(sheet).toBeHidden();
  await expect(box).not.toBeFocused();
  await expect(page.getByRole("table", { name: "Runs" }).locator(":focus")).toHaveCount(0);

  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await sheet.getByRole("checkbox", { name: "Single-key shortcuts" }).check();
  await sheet.getByRole("button", { name: "Close" }).click();
  await page.keyboard.press("/");
  await expect(box).toBeFocused();
});

test("first Tab: skips to the content", async ({ page }) => {
  await visit(page, "/audit");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});
