import type { Page } from "@playwright/test";
import { makeRun } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { readEffects } from "./effects";
import { openDialog, runPage } from "./run-page";
import { visit } from "./visit";

type Key = { key: string; code: string; keyCode?: number; ctrlKey?: boolean; repeat?: boolean };

/**
 * A key as a browser reports it on another layout.
 * @returns whether the page handled it
 */
const press = (page: Page, key: Key): Promise<boolean> =>
  page.evaluate((init) => {
    const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init });
    return !(document.activeElement ?? document.body).dispatchEvent(event);
  }, key);

test("Ctrl and Enter while an input method composes: nothing is canceled", async ({
  page,
  console,
  fixture,
}) => {
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  let asked = 0;
  page.on("request", (request) => void (request.url().endsWith("/cancellation") && asked++));
  await run.reason.fill("Ticket #1 ");
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "じゅうふく", selectionStart: 5, selectionEnd: 5 });
  await session.send("Input.dispatchKeyEvent", {
    type: "rawKeyDown",
    key: "Enter",
    code: "Enter",
    modifiers: 2,
    windowsVirtualKeyCode: 229,
  });
  // Only its key code identifies Safari's last Enter of a composition.
  await press(page, { key: "Enter", code: "Enter", keyCode: 229, ctrlKey: true });
  await session.send("Input.insertText", { text: "重複" });
  await expect(run.reason).toHaveValue("Ticket #1 重複");
  expect(asked).toBe(0);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(asked).toBe(1);
  expect(await readEffects(console.database, id)).toMatchObject({ reasons: ["Ticket #1 重複"], jobs: 1 });
});

test("Enter that ends a composition in the palette: opens nothing", async ({ page }) => {
  await visit(page, "/runs");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Commands" });
  await palette.getByRole("combobox").fill("audit");
  await expect(palette.getByRole("option", { name: /^Audit/ })).toBeVisible();
  await press(page, { key: "Enter", code: "Enter", keyCode: 229 });
  await expect(palette).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit$/);
});

for (const [name, key, isTaken] of [
  ["Cyrillic", { key: "с", code: "KeyC" }, true],
  ["Greek", { key: "ψ", code: "KeyC" }, true],
  ["Latin with Caps Lock", { key: "C", code: "KeyC" }, true],
  ["Dvorak", { key: "c", code: "KeyI" }, true],
  ["Dvorak, another letter on c's key", { key: "t", code: "KeyC" }, false],
  ["held", { key: "c", code: "KeyC", repeat: true }, false],
] as const) {
  test(`c (${name}): the dialog ${isTaken ? "opens" : "stays closed"}`, async ({
    page,
    console,
    fixture,
  }) => {
    const id = await makeRun(console.database.owner, fixture);
    await visit(page, `/runs/${id}`);
    expect(await press(page, key)).toBe(isTaken);
    const { dialog } = runPage(page);
    await (isTaken ? expect(dialog).toBeVisible() : expect(dialog).toBeHidden());
  });
}

for (const [name, key] of [
  ["Cyrillic", { key: "л", code: "KeyK", ctrlKey: true }],
  ["Latin with Caps Lock", { key: "K", code: "KeyK", ctrlKey: true }],
] as const) {
  test(`Ctrl+k (${name}): opens the palette`, async ({ page }) => {
    await visit(page, "/audit");
    expect(await press(page, key)).toBe(true);
    await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
  });
}

test("j and k: work in Cyrillic and with Caps Lock", async ({ page }) => {
  await visit(page, "/runs");
  const rows = page.getByRole("table", { name: "Runs" }).getByRole("link");
  await press(page, { key: "о", code: "KeyJ" });
  await expect(rows.nth(0)).toBeFocused();
  await press(page, { key: "J", code: "KeyJ" });
  await expect(rows.nth(1)).toBeFocused();
  await press(page, { key: "л", code: "KeyK" });
  await expect(rows.nth(0)).toBeFocused();
});
