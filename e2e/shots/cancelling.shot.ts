import { reportAsProvider } from "@/e2e/browser/provider-report";
import { keepFromPolling, openDialog } from "@/e2e/browser/run-page";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";
import { makeTellingRun } from "./telling-run";

test("cancelling", async ({ page, console, fixture }) => {
  await openDialog(page, await makeTellingRun(console.database.owner, fixture));
  await photograph(page);
});

test("cancelling--ticket-used-before", async ({ page, console, fixture }) => {
  const { owner } = console.database;
  const reason = "Ticket #77001: duplicate submission";
  const first = await openDialog(page, await makeTellingRun(owner, fixture));
  await first.reason.fill(reason);
  await first.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  const run = await openDialog(page, await makeTellingRun(owner, fixture));
  await run.reason.fill(reason);
  await expect(run.dialog.getByText(/was already used to cancel/)).toBeVisible();
  await photograph(page);
});

test("cancelling--reason-too-short", async ({ page, console, fixture }) => {
  const run = await openDialog(page, await makeTellingRun(console.database.owner, fixture));
  await run.reason.fill("a");
  await run.confirm.click();
  await expect(run.reason).toHaveAttribute("aria-invalid", "true");
  await photograph(page);
});

test("cancelling--under-way", async ({ page, console, fixture }) => {
  await page.route("**/cancellation", () => {});
  const run = await openDialog(page, await makeTellingRun(console.database.owner, fixture));
  await run.reason.fill("Ticket #4821: stuck, no progress");
  await run.confirm.click();
  await expect(run.dialog.getByText("Canceling…")).toBeVisible();
  await photograph(page);
});

test("cancelling--refused", async ({ page, console, fixture, agent }) => {
  const { owner } = console.database;
  const id = await makeTellingRun(owner, fixture);
  const run = await openDialog(page, id);
  await keepFromPolling(page);
  await owner.query("UPDATE runs SET created_by = $1 WHERE id = $2", [agent.id, id]);
  await run.reason.fill("Ticket #4821: stuck, no progress");
  await run.confirm.click();
  await expect(run.dialog.getByRole("alert")).toContainText("Request ID");
  await photograph(page);
});

test("cancelling--connection-lost", async ({ page, console, fixture }) => {
  await page.route("**/cancellation", (route) => route.abort("connectionreset"));
  const run = await openDialog(page, await makeTellingRun(console.database.owner, fixture));
  await run.reason.fill("Ticket #4821: stuck, no progress");
  await run.confirm.click();
  await expect(run.dialog.getByRole("alert")).toContainText("The connection was lost", { timeout: 30_000 });
  await photograph(page);
});

test("cancelling--ended-meanwhile", async ({ page, console, fixture }) => {
  const id = await makeTellingRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  await reportAsProvider(console.server.baseUrl, id, { status_code: "succeeded", cost: "0.27" });
  await expect(run.dialog.getByRole("button", { name: "Close" })).toBeVisible();
  await photograph(page);
});
