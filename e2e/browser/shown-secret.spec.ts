import type { Page } from "@playwright/test";
import { makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { revealPayloads } from "./run-page";
import { visit } from "./visit";

/** Playwright keeps every tab visible, so override the browser's visibility API. */
const setVisibility = (page: Page, value: "hidden" | "visible") =>
  page.evaluate((visibility) => {
    Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, value);

/** What a browser does when a page is left, and perhaps cached for Back. */
const leave = (page: Page) =>
  page.evaluate(() => void window.dispatchEvent(new PageTransitionEvent("pagehide")));

const TEN_MINUTES = 10 * 60_000;

async function makeKeyOnPage(page: Page) {
  await visit(page, "/keys");
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog", { name: "New key" });
  await dialog.getByLabel("Name").fill("Nightly report");
  await dialog.getByRole("button", { name: "Create key" }).click();
  const shown = page.getByRole("alertdialog", { name: "Your new key" });
  await expect(shown.getByTestId("key")).toHaveText(/^rf_(svc|live)_/);
  const key = (await shown.getByTestId("key").textContent())!;
  return { key, dialog: page.getByRole("dialog").or(page.getByRole("alertdialog")) };
}

for (const [name, act, sentence] of [
  [
    "its reader's session ends",
    async (page: Page) => page.context().clearCookies(),
    "The key is no longer shown: your session has ended.",
  ],
  [
    "nobody looks for ten minutes",
    async (page: Page) => {
      await setVisibility(page, "hidden");
      await page.clock.fastForward(TEN_MINUTES + 1_000);
      await setVisibility(page, "visible");
    },
    "The key is no longer shown: this page was out of view for ten minutes.",
  ],
  ["the page is left", leave, "The key is no longer shown: you left this page."],
] as const) {
  test(`new key: leaves the page when ${name}`, async ({ openAs, console, faults }) => {
    faults.expect(/status of 401/);
    const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
    await page.clock.install();
    const { key, dialog } = await makeKeyOnPage(page);
    await act(page);
    await expect(dialog).toContainText(sentence);
    await expect(dialog).toContainText("revoke it on its page and create another one");
    expect(await page.content()).not.toContain(key);
  });
}

test("new key: stays when the tab is hidden briefly", async ({ openAs, console }) => {
  const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await page.clock.install();
  const { key, dialog } = await makeKeyOnPage(page);
  await setVisibility(page, "hidden");
  await page.clock.fastForward(TEN_MINUTES / 2);
  await setVisibility(page, "visible");
  await page.clock.fastForward(TEN_MINUTES / 2 + 1_000);
  await expect(dialog.getByTestId("key")).toHaveText(key);
});

for (const [name, act, sentence] of [
  [
    "their reader's session ends",
    async (page: Page) => page.context().clearCookies(),
    "your session has ended",
  ],
  ["the page is left", leave, "you left this page"],
] as const) {
  test(`revealed payloads: leave the page when ${name}`, async ({ openAs, console, fixture, faults }) => {
    faults.expect(/status of 401/);
    const { owner } = console.database;
    const page = await openAs(await makePerson(owner, { role: "admin" }));
    const id = await makeRun(owner, fixture);
    await owner.query(`UPDATE runs SET input = '{"prompt": "a very private picture"}' WHERE id = $1`, [id]);
    await visit(page, `/runs/${id}`);
    await revealPayloads(page);
    await expect(page.getByRole("main")).toContainText("a very private picture");
    await act(page);
    await expect(page.getByRole("main")).toContainText(`Payloads are no longer shown: ${sentence}.`);
    await expect(page.getByRole("main")).not.toContainText("a very private picture");
  });
}
