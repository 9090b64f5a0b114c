import type { Locator, Page } from "@playwright/test";
import { makePerson } from "@/test/credentials";
import { endRuns, makeRunWithCallback } from "@/test/deliveries";
import { makeRun, seedFixture } from "@/test/fixture";
import { sealAll } from "@/test/grow-trail";
import { startReceiver } from "@/test/receiver";
import { publishKey, signCheckpoint } from "@/test/sign-checkpoint";
import { makeTestSigner } from "@/test/test-signer";
import { startWorker } from "@/test/worker";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

/** Counts what a person does: a press, a paste, a text typed, a click. */
function startTask(page: Page) {
  let count = 0;
  const counted = async (act: Promise<unknown>) => {
    count++;
    await act;
  };
  return {
    press: (key: string) => counted(page.keyboard.press(key)),
    type: (text: string) => counted(page.keyboard.type(text)),
    click: (target: Locator) => counted(target.click()),
    paste: async (text: string) => {
      await page.evaluate((content) => navigator.clipboard.writeText(content), text);
      await counted(page.keyboard.press("Control+v"));
    },
    count: () => count,
  };
}

const focusIsOn = (page: Page, name: RegExp) => expect(page.getByRole("searchbox", { name })).toBeFocused();
const LOOK_UP = /^Look up/;

test.beforeEach(({ context }) => context.grantPermissions(["clipboard-read", "clipboard-write"]));

test("a run ID from a ticket, canceled: 5 interactions", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture);
  await visit(page, "/");
  const task = startTask(page);
  await task.press("/");
  await focusIsOn(page, LOOK_UP);
  await task.paste(`Hello, ${id} is stuck. Regards`);
  await expect(page.getByRole("button", { name: "Cancel run" })).toBeVisible();
  await expect(page.locator("#main")).toBeFocused();
  await task.press("c");
  await expect(page.getByRole("alertdialog").getByLabel(/^Reason/)).toBeFocused();
  await task.type("Ticket #4821: stuck");
  await task.press("Control+Enter");
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(task.count()).toBeLessThanOrEqual(5);
});

test("a customer's runs of twenty minutes last night in New York: 3 interactions", async ({
  browser,
  agent,
  console,
  faults,
}) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const { rows } = await owner.query<{ name: string; ms: number }>(
    `SELECT name, extract(epoch FROM now() - (date_trunc('day', now() AT TIME ZONE 'America/New_York')
       - interval '20 minutes') AT TIME ZONE 'America/New_York') * 1000 AS ms FROM organizations WHERE id = $1`,
    [fixture.orgId],
  );
  const { name, ms } = rows[0]!;
  const inside = await makeRun(owner, fixture, { status: "succeeded", ageMs: Math.round(ms) });
  await makeRun(owner, fixture, { status: "succeeded", ageMs: Math.round(ms) + 3_600_000 });
  const context = await browser.newContext({ storageState: agent.state, timezoneId: "America/New_York" });
  faults.watch(context);
  const page = await context.newPage();
  await visit(page, "/");
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("radio", { name: /^New York/ }).check();
  await page.keyboard.press("Escape");
  const task = startTask(page);
  await task.press("/");
  await focusIsOn(page, LOOK_UP);
  await task.type(`${name} yesterday 23:30 to 23:50`);
  await task.press("Enter");
  await expect(page).toHaveURL(/[?&]org=org-.*&from=.*&to=/);
  const links = page.getByRole("table", { name: "Runs" }).getByRole("link");
  await expect(links).toHaveCount(1);
  await expect(links).toHaveAttribute("href", `/runs/${inside}`);
  expect(task.count()).toBeLessThanOrEqual(4);
  await context.close();
});

test("the second of two duplicates, canceled: 6 interactions", async ({ page, console, fixture }) => {
  const { owner } = console.database;
  const [first, second] = [
    await makeRun(owner, fixture, { ageMs: 60_000 }),
    await makeRun(owner, fixture, { ageMs: 30_000 }),
  ];
  const ref = `order-${first}`;
  await owner.query("UPDATE runs SET client_ref = $2 WHERE id = ANY($1)", [[first, second], ref]);
  await visit(page, "/");
  const task = startTask(page);
  await task.press("/");
  await focusIsOn(page, LOOK_UP);
  await task.paste(first);
  const duplicates = page.getByRole("region", { name: "Possible duplicates" });
  await task.click(duplicates.getByRole("link", { name: second }));
  await expect(page).toHaveURL(`/runs/${second}`);
  await expect(page.getByRole("button", { name: "Cancel run" })).toBeVisible();
  await task.press("c");
  await expect(page.getByRole("alertdialog").getByLabel(/^Reason/)).toBeFocused();
  await task.type("Ticket #4821: sent twice");
  await task.press("Control+Enter");
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(task.count()).toBeLessThanOrEqual(6);
});

test("who canceled and why, and the trail since March with its proof: 8 interactions", async ({
  openAs,
  console,
}) => {
  const { owner, worker } = console.database;
  await sealAll(worker);
  const signer = makeTestSigner();
  await publishKey(owner, signer);
  await signCheckpoint(owner, signer);
  const page = await openAs(await makePerson(owner, { role: "auditor" }));
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.addInitScript(() => Object.defineProperty(window, "showSaveFilePicker", { value: undefined }));
  const { rows } = await owner.query<{ id: string; actor: string; reason: string }>(
    `SELECT target_id AS id, actor_name AS actor, meta ->> 'reason' AS reason FROM audit_entries
     WHERE action = 'run.cancelled' AND meta ->> 'reason' IS NOT NULL ORDER BY occurred_at DESC LIMIT 1`,
  );
  const { id, actor, reason } = rows[0]!;
  await visit(page, "/");
  const task = startTask(page);
  await task.press("/");
  await focusIsOn(page, LOOK_UP);
  await task.paste(id);
  await expect(page.getByRole("main")).toContainText(actor);
  await expect(page.getByRole("main")).toContainText(reason);
  await task.click(page.getByRole("link", { name: "Audit", exact: true }));
  await task.click(page.getByRole("button", { name: "Days", exact: true }));
  const days = page.getByRole("dialog", { name: "Filter by days" });
  await days.getByLabel("From").focus();
  await task.type("03012026");
  await task.press("Enter");
  await expect(page).toHaveURL(/from=2026-03-01/);
  await task.click(page.getByRole("button", { name: "Export", exact: true }));
  const menu = page.getByRole("dialog", { name: "Export" });
  await expect(menu.getByRole("radio", { name: "NDJSON with proof" })).toBeChecked();
  const downloading = page.waitForEvent("download");
  await task.click(menu.getByRole("button", { name: "Export" }));
  expect((await downloading).suggestedFilename()).toMatch(/\.ndjson$/);
  expect(task.count()).toBeLessThanOrEqual(8);
});

test("a failed callback, sent again, with its result in place: 3 interactions", async ({ page, console }) => {
  const { owner, workerUrl } = console.database;
  const fixture = await seedFixture(owner);
  const receiver = await startReceiver();
  const worker = await startWorker(workerUrl);
  try {
    receiver.behave((_heard, response) => void response.writeHead(410).end());
    const id = await makeRunWithCallback(owner, fixture, `${receiver.origin}/hook`);
    await endRuns(owner, [id]);
    const state = async () =>
      (await owner.query<{ state: string }>("SELECT state FROM deliveries WHERE run_id = $1", [id])).rows[0]
        ?.state;
    await expect.poll(async () => (await state()) !== undefined && receiver.heard.length > 0).toBe(true);
    await owner.query(
      "UPDATE deliveries SET state = 'failed', settled_at = now(), next_attempt_at = NULL WHERE run_id = $1",
      [id],
    );
    receiver.behave((_heard, response) => void response.end("thank you"));
    await visit(page, `/runs/${id}`);
    const task = startTask(page);
    const deliveries = page.getByRole("region", { name: "Callback and webhooks" });
    await task.click(deliveries.getByRole("button", { name: /^Deliver again/ }));
    await expect(deliveries.getByRole("status")).toContainText("Delivered: HTTP 200.");
    expect(task.count()).toBeLessThanOrEqual(4);
  } finally {
    await worker.stop();
    await receiver.close();
  }
});

test("a filtered list, handed to a colleague: 2 interactions", async ({ page, openAs, console, fixture }) => {
  await makeRun(console.database.owner, fixture);
  const address = `/runs?model=${encodeURIComponent(fixture.model)}&status=running`;
  await visit(page, address);
  const task = startTask(page);
  await task.press("Control+k");
  await task.click(page.getByRole("option", { name: /^Copy link to this page/ }));
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(task.count()).toBeLessThanOrEqual(2);
  const colleague = await openAs(await makePerson(console.database.owner));
  await visit(colleague, new URL(link).pathname + new URL(link).search);
  await expect(colleague.getByRole("table", { name: "Runs" }).getByRole("link").first()).toBeVisible();
  await expect(colleague.getByRole("button", { name: /^Status Running/ })).toBeVisible();
});
