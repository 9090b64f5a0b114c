import { makeRun, seedFixture } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { readEffects } from "./effects";
import { keepFromPolling, openDialog, runPage } from "./run-page";
import { visit } from "./visit";

test("lost answer: the cancel is retried with the same key", async ({ page, console, fixture, faults }) => {
  faults.expect(/\/cancellation: .*ERR_CONNECTION_RESET/);
  const id = await makeRun(console.database.owner, fixture);
  const keys: (string | null)[] = [];
  await page.route("**/cancellation", async (route) => {
    keys.push(await route.request().headerValue("idempotency-key"));
    if (keys.length > 1) return route.continue();
    const answer = await route.fetch();
    expect(answer.status()).toBe(201);
    await route.abort("connectionreset");
  });
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821");
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(keys).toHaveLength(2);
  expect(keys[0]).toMatch(/\S/);
  expect(keys[1]).toBe(keys[0]);
  expect(await readEffects(console.database, id)).toEqual({
    status: "canceled",
    reasons: ["Ticket #4821"],
    jobs: 1,
  });
});

test("every retry lost: reported in the dialog, and a later press still reports the truth", async ({
  page,
  context,
  console,
  fixture,
  faults,
}) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/, /ERR_CONNECTION_RESET/, /ERR_TIMED_OUT/);
  const id = await makeRun(console.database.owner, fixture);
  const keys = new Set<string | null>();
  let isFirst = true;
  await page.route("**/cancellation", async (route) => {
    keys.add(await route.request().headerValue("idempotency-key"));
    if (!isFirst) return route.continue();
    isFirst = false;
    await route.fetch();
    await context.setOffline(true);
    await route.abort("connectionreset");
  });
  const run = await openDialog(page, id);
  // Otherwise the page's own polling might find the canceled run before the press.
  await keepFromPolling(page);
  await run.reason.fill("Ticket #4821");
  await run.confirm.click();
  await expect(run.dialog.getByRole("alert")).toContainText(
    "The connection was lost before a response arrived",
  );
  await expect(run.reason).toHaveValue("Ticket #4821");
  await context.setOffline(false);
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(keys.size).toBe(1);
  expect(await readEffects(console.database, id)).toMatchObject({ reasons: ["Ticket #4821"], jobs: 1 });
});

test("server fails after the cancel: retried with the same key", async ({
  page,
  console,
  fixture,
  faults,
}) => {
  faults.expect(/\/cancellation: .*status of 500/, /ERR_TIMED_OUT/);
  const id = await makeRun(console.database.owner, fixture);
  const keys: (string | null)[] = [];
  await page.route("**/cancellation", async (route) => {
    keys.push(await route.request().headerValue("idempotency-key"));
    if (keys.length > 1) return route.continue();
    expect((await route.fetch()).status()).toBe(201);
    await route.fulfill({ status: 500, body: "broken on the way" });
  });
  await keepFromPolling(page);
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821");
  await run.confirm.click();
  await expect(run.dialog.getByRole("alert")).toBeVisible();
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(keys).toHaveLength(2);
  expect(keys[1]).toBe(keys[0]);
});

test("missing part of a page: loads once the network is back, and the page stays", async ({
  page,
  console,
  fixture,
  faults,
}) => {
  faults.expect(/ERR_FAILED/);
  const id = await makeRun(console.database.owner, fixture);
  const CHUNKS = "**/_next/static/chunks/*.js";
  await visit(page, `/runs/${id}`);
  await page.route(CHUNKS, (route) => route.abort());
  const lost = page.waitForEvent("requestfailed", (request) => request.url().endsWith(".js"));
  await page.getByRole("button", { name: "Reveal payloads" }).click();
  await lost;
  await expect(runPage(page).title(id)).toBeVisible();
  await page.unroute(CHUNKS);
  const dialog = page.getByRole("dialog", { name: "Reveal the payloads?" });
  await expect(dialog.getByLabel("Reason")).toBeFocused();
});

test("refresh during an outage: the page stays, and renders once the network is back", async ({
  page,
  context,
  console,
  faults,
}) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/);
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const old = await makeRun(owner, fixture, { status: "succeeded", ageMs: 60_000 });
  await visit(page, `/runs?q=${encodeURIComponent(`model:'${fixture.model}'`)}`);
  const rows = page.getByRole("table", { name: "Runs" }).getByRole("link");
  await makeRun(owner, fixture, { ageMs: 0 });
  const show = page.getByRole("button", { name: "Show 1 new run" });
  await expect(show).toBeVisible();
  await context.setOffline(true);
  const failed = page.waitForEvent("requestfailed", (request) => request.url().includes("_rsc"));
  await show.click();
  await failed;
  await expect(rows).toHaveAttribute("href", `/runs/${old}`);
  await context.setOffline(false);
  await expect(rows).toHaveCount(2);
});
