import type { Page } from "@playwright/test";
import { makeRun } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { runPage } from "./run-page";
import { visit } from "./visit";

const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });
const field = (page: Page) => palette(page).getByRole("combobox");
const option = (page: Page, name: string | RegExp) => palette(page).getByRole("option", { name });

async function open(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
}

test("palette: finds a page, an action and a run by name, with the keyboard alone", async ({
  page,
  console,
  fixture,
}) => {
  const { owner } = console.database;
  const id = await makeRun(owner, fixture);
  await owner.query("UPDATE runs SET client_ref = 'palette 10/7' WHERE id = $1", [id]);
  await visit(page, "/runs");
  await open(page);
  await expect(option(page, "Overview")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.type("aud");
  await expect(option(page, "Audit")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/audit");
  await expect(palette(page)).toBeHidden();

  await open(page);
  await page.keyboard.type("palette 10/7");
  await expect(option(page, new RegExp(id.slice(-6)))).toBeVisible();
  await expect(option(page, "Look up “palette 10/7”")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(option(page, new RegExp(id.slice(-6)))).toHaveAttribute("aria-selected", "true");
  await expect(field(page)).toHaveAttribute("aria-activedescendant", /./);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/runs/${id}`);

  await open(page);
  await page.keyboard.type(id.toUpperCase());
  await expect(option(page, `Go to run ${id}`)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();

  await open(page);
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await open(page);
  await page.keyboard.type("short");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

test("palette: opens while typing and with single keys off, but never over a dialog", async ({
  page,
  console,
  fixture,
}) => {
  const id = await makeRun(console.database.owner, fixture);
  await visit(page, `/runs/${id}`);
  await page.evaluate(() => localStorage.setItem("runflow.shortcuts", "off"));
  const box = page.getByRole("searchbox", { name: "Look up a run" });
  await box.focus();
  await open(page);
  await page.keyboard.press("Escape");
  await expect(box).toBeFocused();
  await page.evaluate(() => localStorage.removeItem("runflow.shortcuts"));

  const run = runPage(page);
  await run.cancel.click();
  await expect(run.reason).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("still here");
  await expect(run.reason).toHaveValue("still here");
  await expect(palette(page)).toBeHidden();
});

test("palette reopened while it closes: open", async ({ page }) => {
  await visit(page, "/runs");
  await open(page);
  await palette(page).evaluate(async (dialog) => {
    dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
    while (dialog.hasAttribute("open")) await Promise.resolve();
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }));
    await new Promise((told) => dialog.addEventListener("close", told, { once: true }));
  });
  await page.keyboard.type("aud");
  await expect(option(page, "Audit")).toHaveAttribute("aria-selected", "true");
});

test("palette: pauses and resumes updates, on pages that have them", async ({ page }) => {
  const control = page.getByRole("main").getByRole("button", { name: /^(Pause|Resume) updates$/ });
  const choose = async (name: string) => {
    await open(page);
    await page.keyboard.type(name.slice(0, 6));
    await expect(option(page, name)).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(palette(page)).toBeHidden();
  };
  for (const path of ["/runs", "/runs/stuck"]) {
    await visit(page, path);
    await choose("Pause updates");
    await expect(control).toHaveText("Resume updates");
    await choose("Resume updates");
    await expect(control).toHaveText("Pause updates");
    await choose("Pause updates");
  }
  // A link on the page leads to a new page, which starts live.
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  await expect(page).toHaveURL("/runs");
  await expect(control).toHaveText("Pause updates");
  await page.getByRole("link", { name: "Audit", exact: true }).click();
  await expect(page).toHaveURL("/audit");
  await open(page);
  await page.keyboard.type("updates");
  await expect(option(page, "Look up “updates”")).toBeVisible();
  await expect(option(page, /^(Pause|Resume)/)).toHaveCount(0);
});

for (const [platform, keys] of [
  ["MacIntel", "⌘K"],
  ["Win32", "Ctrl K"],
] as const) {
  test(`palette on ${platform}: shows that keyboard's keys, without animation`, async ({ page }) => {
    await page.addInitScript((value) => {
      Object.defineProperty(Navigator.prototype, "platform", { get: () => value });
    }, platform);
    await visit(page, "/audit");
    const button = page.getByRole("button", { name: "Commands" });
    await expect(button).toHaveText(new RegExp(`${keys}$`));
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) =>
            resolve(
              list
                .getEntries()
                .reduce((sum, entry) => sum + (entry as unknown as { value: number }).value, 0),
            ),
          ).observe({ type: "layout-shift", buffered: true });
          // It first reports the current state, if any.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
        }),
    );
    expect(shift).toBe(0);
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(sheet.getByText(keys, { exact: true })).toBeVisible();
  });
}

test("palette: offers the current page's actions, and finds customers", async ({
  page,
  console,
  fixture,
}) => {
  const { owner } = console.database;
  const { rows } = await owner.query<{ name: string; slug: string }>(
    "SELECT name, slug FROM organizations WHERE id = $1",
    [fixture.orgId],
  );
  const { name, slug } = rows[0]!;
  const id = await makeRun(owner, fixture);
  await visit(page, `/runs/${id}`);
  await open(page);
  await expect(palette(page).getByRole("group", { name: "This page" }).getByRole("option")).toHaveText([
    "Copy summary",
    "Cancel run",
  ]);
  await page.keyboard.type("cancel");
  await page.keyboard.press("Enter");
  await expect(runPage(page).reason).toBeFocused();
  await page.keyboard.press("Escape");

  await open(page);
  await page.keyboard.type(id.slice(0, 8));
  await page.keyboard.press("Escape");
  await open(page);
  await page.keyboard.type(name);
  await palette(page).getByRole("group", { name: "Customers" }).getByRole("option", { name }).click();
  await expect(page).toHaveURL(`/runs?org=${slug}`);
});

test("palette: shows results for the latest text only, and explains an invalid expression", async ({
  page,
  console,
  fixture,
  faults,
}) => {
  faults.expect(/\/v1\/admin\/runs\?.*422/);
  const id = await makeRun(console.database.owner, fixture);
  await visit(page, "/audit");
  await page.getByRole("button", { name: "Commands" }).click();
  await expect(field(page)).toBeFocused();
  await field(page).pressSequentially(`model:'${fixture.model}' AND id:'${id}'`);
  await expect(palette(page).getByRole("group", { name: "Runs" }).getByRole("option")).toHaveCount(1);
  await field(page).fill("status_code:dancing");
  await expect(palette(page).getByRole("status")).toContainText("status_code needs one of queued");
  await expect(palette(page).getByRole("group", { name: "Runs" })).toHaveCount(0);
  await field(page).fill("no such thing");
  await expect(palette(page).getByRole("status")).toContainText("1 result");
});

test("palette: accessible, and fits the narrowest screen", async ({ page, console, fixture }) => {
  await makeRun(console.database.owner, fixture);
  await visit(page, "/runs");
  await open(page);
  await expectAccessible(page, "palette");
  await page.setViewportSize({ width: 360, height: 740 });
  const box = (await palette(page).boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(360);
  await field(page).fill(`model:'${fixture.model}'`);
  const model = palette(page).getByRole("group", { name: "Runs" }).getByText(fixture.model).first();
  await expect(model).toBeVisible();
  expect(await model.evaluate((text) => text.scrollWidth - text.clientWidth)).toBeLessThanOrEqual(0);
});
