import type { Route } from "@playwright/test";
import { makeRun } from "@/test/fixture";
import { whileLocked } from "@/test/while-locked";
import { expect, test } from "./agent-test";
import { readEffects } from "./effects";
import { keepFromPolling, openDialog } from "./run-page";
import { visit } from "./visit";

const LONG = "This is taking a while. You can close this dialog";

for (const [name, act] of [
  ["Escape", "Escape"],
  ["its own button", "Keep run"],
] as const) {
  test(`cancel of a locked run: the dialog can be left by ${name} after a while, and the outcome is shown`, async ({
    page,
    console,
    fixture,
    faults,
  }) => {
    // Each try waits 3 s for the run, then gets a 503: someone else is changing it.
    faults.expect(/status of 503/);
    const { database } = console;
    const id = await makeRun(database.owner, fixture);
    const keys: (string | null)[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/cancellation")) keys.push(request.headers()["idempotency-key"] ?? null);
    });
    const run = await openDialog(page, id);
    const holder = await database.owner.connect();
    try {
      await holder.query("BEGIN");
      await holder.query("SELECT 1 FROM runs WHERE id = $1 FOR UPDATE", [id]);
      await run.reason.fill("Ticket #4821: stuck");
      await run.confirm.click();
      await expect(run.dialog.getByRole("button", { name: "Canceling…" })).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(run.dialog).toBeVisible();
      await expect(run.dialog.getByText(LONG)).toBeVisible();
      if (act === "Escape") await page.keyboard.press("Escape");
      else await run.keep.click();
      await expect(run.dialog).toBeHidden();
      await expect(page.getByText("The request you left is still running.")).toBeVisible();
    } finally {
      await holder.query("COMMIT");
      holder.release();
    }
    await expect(page.getByText("Canceled by you.")).toBeVisible();
    await expect(page.getByText("The request you left is still running.")).toBeHidden();
    expect(new Set(keys).size).toBe(1);
    expect(await readEffects(database, id)).toMatchObject({ reasons: ["Ticket #4821: stuck"], jobs: 1 });
  });
}

test("cancel with every retry lost after leaving the dialog: reported on the page, same key kept", async ({
  page,
  console,
  fixture,
  faults,
}) => {
  faults.expect(/ERR_TIMED_OUT/, /ERR_CONNECTION_RESET/);
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  await keepFromPolling(page);
  const keys: (string | null)[] = [];
  const held: Route[] = [];
  let isLost = false;
  await page.route("**/cancellation", async (route) => {
    keys.push(await route.request().headerValue("idempotency-key"));
    if (isLost) return route.abort("connectionreset");
    held.push(route);
  });
  await run.reason.fill("Ticket #4821: stuck");
  await run.confirm.click();
  await expect(run.dialog.getByText(LONG)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(run.dialog).toBeHidden();
  isLost = true;
  for (const route of held) await route.abort("connectionreset");
  await expect(page.getByText("The request you left may not have gone through")).toBeVisible();
  await page.unroute("**/cancellation");
  await run.cancel.click();
  await expect(run.reason).toHaveValue("Ticket #4821: stuck");
  const again = page.waitForRequest("**/cancellation");
  await run.confirm.click();
  keys.push(await (await again).headerValue("idempotency-key"));
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(keys.length).toBeGreaterThan(2);
  expect(new Set(keys).size).toBe(1);
});

test("slow page: placeholders when it is opened from another page", async ({ page, console }) => {
  await visit(page, "/audit");
  await whileLocked(console.database.owner, "saved_views", async () => {
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Runs" }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Runs");
    await expect(page.getByText("Loading…")).toBeAttached();
    await expect(page.getByRole("table")).toHaveCount(0);
  });
  await expect(page.getByRole("table", { name: "Runs" })).toBeVisible();
  await expect(page.getByText("Loading…")).toHaveCount(0);
});
