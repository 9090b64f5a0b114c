import type { Page } from "@playwright/test";
import { makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

/** Over plain HTTP a page has no clipboard API. */
const withoutClipboard = (page: Page) =>
  page.addInitScript(() => Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined }));

/** The text that Ctrl+V would paste. */
async function paste(page: Page): Promise<string> {
  const box = page.getByRole("searchbox", { name: "Look up a run" });
  await box.evaluate((field: HTMLInputElement) => {
    field.value = "";
    // A pasted ID would open its run.
    field.addEventListener("paste", (event) => event.stopImmediatePropagation(), { capture: true });
  });
  await box.focus();
  await page.keyboard.press("Control+v");
  return box.inputValue();
}

test("no clipboard API: an id is still copied", async ({ page, console, fixture }) => {
  await withoutClipboard(page);
  const id = await makeRun(console.database.owner, fixture);
  await visit(page, `/runs/${id}`);
  const copy = page.getByRole("button", { name: "Copy run ID" });
  await copy.click();
  await expect(page.getByText("Copied run ID.")).toBeAttached();
  await expect(copy).toBeFocused();
  expect(await paste(page)).toBe(id);
});

test("no clipboard API, in a dialog: a new key is still copied", async ({ openAs, console }) => {
  const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await withoutClipboard(page);
  await visit(page, "/keys");
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog", { name: "New key" });
  await dialog.getByLabel("Name").fill("Nightly report");
  await dialog.getByRole("button", { name: "Create key" }).click();
  const shown = page.getByRole("alertdialog", { name: "Your new key" });
  const key = await shown.getByTestId("key").textContent();
  await shown.getByRole("button", { name: "Copy key" }).click();
  await expect(shown.getByText("Copied key.")).toBeAttached();
  await shown.getByRole("button", { name: "I’ve saved the key" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Nightly report");
  expect(await paste(page)).toBe(key);
});

test("no way to copy: the text is selected, and everyone gets an explanation", async ({
  page,
  console,
  fixture,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "clipboard", {
      value: { writeText: () => Promise.reject(new DOMException("no", "NotAllowedError")) },
    });
    document.execCommand = () => false;
  });
  const id = await makeRun(console.database.owner, fixture);
  await visit(page, `/runs/${id}`);
  await page.getByRole("button", { name: "Copy summary" }).click();
  const told = page.getByRole("dialog", { name: "Copy summary by hand" });
  await expect(told).toBeInViewport();
  await expect(told.getByRole("alert")).toContainText("press Ctrl+C");
  const field = told.getByRole("textbox", { name: "summary" });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(new RegExp(`Run ${id}`));
  expect(await field.evaluate((box: HTMLTextAreaElement) => box.selectionEnd - box.selectionStart)).toBe(
    (await field.inputValue()).length,
  );
  await page.keyboard.press("Escape");
  await expect(told).toBeHidden();
});
