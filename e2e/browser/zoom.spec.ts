import type { Locator, Page } from "@playwright/test";
import { makePlan } from "@/test/cancellation-batches";
import { makePerson } from "@/test/credentials";
import { endRuns, makeRunWithCallback, makeWebhook } from "@/test/deliveries";
import { makeRun, seedFixture } from "@/test/fixture";
import { expect, test as base } from "./agent-test";
import { findCutTexts } from "./cut-text";
import { runPage } from "./run-page";
import { visit } from "./visit";

type Zoom = (page: Page) => Promise<unknown>;

/** Simulates browser zoom: half as many CSS pixels, each twice as large. */
const wholePage: Zoom = (page) => page.setViewportSize({ width: 720, height: 450 });

/** Simulates a larger text setting: everything else keeps its size. */
async function textAlone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  const browser = await page.context().newCDPSession(page);
  await browser.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
}

const ZOOMS: [string, Zoom][] = [
  ["everything", wholePage],
  ["text alone", textAlone],
];

/** One page of each kind. */
const test = base.extend<{ addresses: string[] }>({
  addresses: async ({ console }, use) => {
    const { owner } = console.database;
    const fixture = await seedFixture(owner);
    const webhook = await makeWebhook(owner, fixture.orgId, "https://hooks.example.com/a", ["run.failed"]);
    const told = await makeRunWithCallback(owner, fixture, "https://hooks.example.com/b");
    await endRuns(owner, [told]);
    await makeRun(owner, fixture, { ageMs: 3_600_000_000 });
    const first = async (table: string) =>
      (await owner.query<{ id: string }>(`SELECT id FROM ${table} LIMIT 1`)).rows[0]!.id;
    await use([
      "/",
      "/runs",
      `/runs/${told}`,
      `/runs/${await makeRun(owner, fixture)}`,
      "/runs/stuck",
      "/cancellations",
      "/cancellations/new?q=cost%3E0",
      `/cancellations/${await makePlan(console.database, fixture)}`,
      "/audit",
      `/audit/${await first("audit_entries")}`,
      "/keys",
      `/keys/${await first("api_keys")}`,
      "/webhooks",
      `/webhooks/${webhook}`,
      "/webhooks/deliveries",
      `/webhooks/deliveries/${await first("deliveries")}`,
      "/people",
      `/people/${await first("people")}`,
      "/operations",
      "/account",
      "/set-password#x",
      "/claim-key#x",
    ]);
  },
});

/** Expects readable content without horizontal scrolling. */
async function expectReadable(page: Page, what: string): Promise<void> {
  await expect.poll(() => findCutTexts(page), what).toEqual([]);
  const excess = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await excess(), what).toBeLessThanOrEqual(0);
}

for (const [name, zoom] of ZOOMS) {
  test(`200 % (${name}): nothing on any page is cut off`, async ({ openAs, console, addresses }) => {
    const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
    await zoom(page);
    for (const address of addresses) {
      await visit(page, address);
      await expectReadable(page, address);
    }
  });

  test(`200 % (${name}): a run can be found and canceled`, async ({ page, console, fixture }) => {
    const id = await makeRun(console.database.owner, fixture);
    await zoom(page);
    await visit(page, "/runs");
    await page.getByRole("searchbox", { name: "Look up a run" }).fill(id);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`/runs/${id}`);
    const run = runPage(page);
    await run.cancel.click();
    await expect(run.reason).toBeFocused();
    await expect(run.reason).toBeInViewport({ ratio: 0.9 });
    await expectReadable(page, "dialog");
    await expect(run.confirm).toBeInViewport({ ratio: 1 });
    await expect(run.keep).toBeInViewport({ ratio: 1 });
    await page.keyboard.type("Ticket #4821");
    await run.confirm.click();
    await expect(page.getByText("Canceled by you.")).toBeVisible();
    await expectReadable(page, "cancelled");
  });

  test(`200 % (${name}): overlays can be read and closed`, async ({ openAs, console, fixture }) => {
    const { owner } = console.database;
    await makeRun(owner, fixture, { ageMs: 200_000 });
    const page = await openAs(await makePerson(owner, { role: "admin" }));
    await zoom(page);
    await visit(page, "/runs");
    for (const button of [/^Views/, "Status", "Help with expressions", /^Display/, /^Account menu/]) {
      await page.getByRole("button", { name: button }).first().click();
      const popup = page.locator(":popover-open");
      await expect(popup.locator(":focus")).toHaveCount(1);
      await expect(popup).toBeInViewport({ ratio: 1 });
      await expectReadable(page, String(button));
      await page.keyboard.press("Escape");
      await expect(popup).toHaveCount(0);
    }
    await page.getByRole("button", { name: "Commands" }).click();
    await expect(page.getByRole("dialog", { name: "Commands" }).getByRole("combobox")).toBeFocused();
    await expectReadable(page, "palette");
    await page.keyboard.press("Escape");
    await visit(page, "/runs/stuck");
    await page.getByRole("button", { name: "Stuck threshold…" }).click();
    const dialog = page.getByRole("dialog", { name: "When a run counts as stuck" });
    await expect(dialog).toBeInViewport({ ratio: 1 });
    await expectReadable(page, "threshold");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog).toBeHidden();
  });

  test(`dialog at 200 % (${name}) with many fields: its buttons stay visible, and cover no focused field`, async ({
    openAs,
    console,
  }) => {
    const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
    await zoom(page);
    await visit(page, "/keys");
    await page.getByRole("button", { name: "New key" }).click();
    const dialog = page.getByRole("dialog", { name: "New key" });
    await dialog.getByRole("radio", { name: "Custom", exact: true }).check();
    const submit = dialog.getByRole("button", { name: "Create key" });
    await expect(submit).toBeInViewport({ ratio: 1 });
    await expectReadable(page, "new key");
    const last = dialog.getByRole("checkbox").last();
    await last.focus();
    await expect(last).toBeInViewport({ ratio: 1 });
    await expect(submit).toBeInViewport({ ratio: 1 });
    const bottomOf = async (locator: Locator) =>
      (await locator.boundingBox())!.y + (await locator.boundingBox())!.height;
    expect(await bottomOf(last)).toBeLessThanOrEqual((await submit.boundingBox())!.y);
  });
}

test("cut-off check: detects cut-off text", async ({ page }) => {
  await wholePage(page);
  await visit(page, "/runs");
  await page.getByRole("heading", { level: 1 }).evaluate((heading) => {
    heading.style.cssText = "width: 8px; overflow: hidden";
  });
  expect(await findCutTexts(page)).toEqual(["sideways: Runs"]);
});
