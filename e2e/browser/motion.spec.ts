import type { Page } from "@playwright/test";
import { makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { runPage } from "./run-page";
import { visit } from "./visit";

declare global {
  interface Window {
    moved: Set<string>;
  }
}

/** Too short for anyone to see. */
const UNSEEN_MS = 10;

/** Records every animation and transition from the start of each page, however short. */
const noteMotion = (page: Page) =>
  page.addInitScript((unseenMs) => {
    window.moved = new Set();
    const note = (event: Event) => {
      if (!(event.target instanceof Element)) return;
      for (const animation of event.target.getAnimations({ subtree: true })) {
        const { duration = 0, endTime = 0 } = animation.effect?.getComputedTiming() ?? {};
        if (Math.max(Number(duration), Number(endTime)) > unseenMs)
          window.moved.add(`${event.target.tagName}.${event.target.getAttribute("class")}`);
      }
    };
    for (const kind of ["animationstart", "transitionrun"]) addEventListener(kind, note, { capture: true });
  }, UNSEEN_MS);

const readMotion = (page: Page) => page.evaluate(() => [...window.moved]);
/** Endless animations, such as a live list's dot. */
const readRunning = (page: Page) =>
  page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running").length);

/** Opens everything that opens on a page, and hovers over everything that reacts. */
async function useRuns(page: Page): Promise<void> {
  await visit(page, "/runs");
  await page.getByRole("table", { name: "Runs" }).getByRole("link").first().hover();
  await page.getByRole("button", { name: "Status" }).click();
  await expect(page.getByRole("dialog", { name: "Filter by status" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Audit", exact: true }).hover();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Commands" }).getByRole("combobox")).toBeFocused();
}

test("reduced motion: no animation on pages or when something opens, and nothing is missing", async ({
  openAs,
  console,
  fixture,
}) => {
  const { owner } = console.database;
  const id = await makeRun(owner, fixture);
  const page = await openAs(await makePerson(owner, { role: "admin" }));
  await page.emulateMedia({ reducedMotion: "reduce" });
  await noteMotion(page);
  await useRuns(page);
  expect(await readMotion(page)).toEqual([]);
  await expect(
    page.getByRole("dialog", { name: "Commands" }).getByRole("option", { name: "Audit" }),
  ).toBeVisible();
  for (const path of [
    "/",
    "/runs/stuck",
    "/cancellations",
    "/cancellations/new?q=cost%3E0",
    "/audit",
    "/keys",
    "/webhooks",
    "/webhooks/deliveries",
    "/people",
    "/operations",
    `/runs/${id}`,
  ]) {
    await visit(page, path);
    expect(await readMotion(page), path).toEqual([]);
    expect(await readRunning(page), path).toBe(0);
  }
  const run = runPage(page);
  await run.cancel.click();
  await expect(run.reason).toBeFocused();
  await page.keyboard.type("Ticket #4821");
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(await readMotion(page)).toEqual([]);
});

test("normal motion: the live dot and hover effects animate", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await noteMotion(page);
  await useRuns(page);
  expect(await readRunning(page)).toBeGreaterThan(0);
  expect(await readMotion(page)).not.toEqual([]);
});
