import type { Page } from "@playwright/test";
import { makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { runPage } from "./run-page";
import { expectAlive, visit } from "./visit";

const isSignIn = (page: Page) =>
  expect(page.getByRole("heading", { level: 1, name: "Sign in to the console" })).toBeVisible();

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
}

/** Records every text that this document shows from now on, also for a moment. */
const recordTexts = (page: Page) =>
  page.evaluate(() => {
    window.name = "[]";
    const seen = () => {
      const texts = JSON.parse(window.name) as string[];
      const text = document.body.hidden ? "" : document.body.innerText;
      if (text && texts.at(-1) !== text) window.name = JSON.stringify([...texts, text]);
      requestAnimationFrame(seen);
    };
    seen();
  });
const recorded = (page: Page) => page.evaluate(() => window.name);

test("Back after the sign-out: the sign-in page, in this tab and in another", async ({
  openAs,
  console,
  fixture,
  faults,
}) => {
  // A poll in flight when the session ends gets a 401.
  faults.expect(/status of 401/);
  const id = await makeRun(console.database.owner, fixture);
  const page = await openAs(await makePerson(console.database.owner));
  const beside = await page.context().newPage();
  for (const tab of [page, beside]) {
    await visit(tab, `/runs/${id}`);
    await expect(runPage(tab).title(id)).toBeVisible();
    await tab.getByRole("link", { name: "Runs", exact: true }).first().click();
    await expect(tab.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
    await expectAlive(tab);
  }
  await signOut(page);
  await isSignIn(beside);
  // The other tab's list gave its place in the history to the sign-in page.
  for (const tab of [page, page, beside]) {
    await tab.goBack();
    await isSignIn(tab);
    await expect(tab.getByText(id.slice(0, 8))).toHaveCount(0);
  }
});

test("parts of pages and polls: never stored by the browser", async ({ page }) => {
  const stored: string[] = [];
  let count = 0;
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (/^\/(_next\/static\/|icon\.svg)/.test(pathname)) return;
    count++;
    if (!response.headers()["cache-control"]?.includes("no-store")) stored.push(response.url());
  });
  await visit(page, "/runs");
  await page.getByRole("link", { name: "Audit", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Audit trail" })).toBeVisible();
  await page.getByRole("link", { name: "Runs", exact: true }).first().click();
  await expect.poll(() => count).toBeGreaterThan(4);
  expect(stored).toEqual([]);
});

test("Back after the session ended elsewhere: never shows the page before", async ({
  openAs,
  console,
  fixture,
  faults,
}) => {
  faults.expect(/status of 401/);
  const { owner } = console.database;
  const id = await makeRun(owner, fixture);
  const person = await makePerson(owner);
  const page = await openAs(person);
  await visit(page, `/runs/${id}`);
  await page.getByRole("link", { name: "Runs", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
  // Within the session, Back shows it from memory.
  await recordTexts(page);
  await page.goBack();
  await expect(runPage(page).title(id)).toBeVisible();
  await expect.poll(() => recorded(page)).toContain("Timeline");
  await page.goForward();
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();

  await page.context().clearCookies();
  await expect(page.getByRole("alert").filter({ hasText: "Your session has ended" })).toBeVisible();
  await page.evaluate(() => (window.name = "[]"));
  await expect.poll(() => recorded(page)).toContain("Your session has ended");
  await page.goBack();
  await isSignIn(page);
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(`/runs/${id}`)}`);
  expect(await recorded(page)).not.toContain("Timeline");
});

/** As a browser does that keeps pages in spite of `no-store`; the test browser keeps none. */
const showAgain = (page: Page) =>
  page.evaluate(() => {
    Object.assign(window, { isKept: true });
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  });
const isLoadedAgain = (page: Page) =>
  expect(async () => expect(await page.evaluate(() => "isKept" in window)).toBe(false)).toPass();

test("page shown from the back/forward cache: loaded again, so an ended session's is gone", async ({
  openAs,
  console,
  faults,
}) => {
  faults.expect(/status of 401/);
  const page = await openAs(await makePerson(console.database.owner));
  await visit(page, "/account");
  await page.waitForLoadState("networkidle");
  await showAgain(page);
  await isLoadedAgain(page);
  await expect(page).toHaveURL("/account");
  await expectAlive(page);
  await page.waitForLoadState("networkidle");
  await page.context().clearCookies();
  await showAgain(page);
  await isSignIn(page);
  await expect(page).toHaveURL("/sign-in?next=%2Faccount");
});
