import { makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expect, stateOf, test } from "./agent-test";
import { readEffects } from "./effects";
import { keepFromPolling, openDialog, runPage } from "./run-page";
import { visit } from "./visit";

const TEXT = `Ticket #4821: ${"the customer has sent it twice. ".repeat(9)}`.trim();

test("session ends during a typed reason: the dialog links to a sign-in, and the text stays", async ({
  page,
  context,
  console,
  fixture,
  agent,
  faults,
}) => {
  faults.expect(/status of 401/, /ERR_TIMED_OUT/);
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  await keepFromPolling(page);
  await run.reason.fill(TEXT);
  await context.clearCookies();
  await run.confirm.click();
  const told = run.dialog.getByRole("alert").filter({ hasText: "Your session has ended" });
  const link = told.getByRole("link", { name: "Sign in (opens a new tab)" });
  await expect(link).toHaveAttribute("target", "_blank");
  const [beside] = await Promise.all([context.waitForEvent("page"), link.click()]);
  await expect(beside.getByRole("heading", { level: 1, name: "Sign in to the console" })).toBeVisible();
  await context.addCookies((await stateOf(console.server.baseUrl, agent)).cookies);
  await beside.close();
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(await readEffects(console.database, id)).toMatchObject({ reasons: [TEXT], jobs: 1 });
});

test("session ends during a typed reason: signing in by the page's link restores it", async ({
  page,
  context,
  console,
  fixture,
  agent,
  faults,
}) => {
  faults.expect(/status of 401/);
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  await run.reason.fill(TEXT);
  await context.clearCookies();
  await run.confirm.click();
  await expect(run.dialog.getByRole("alert")).toContainText("Your session has ended");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Sign in again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in to the console" })).toBeVisible();
  await context.addCookies((await stateOf(console.server.baseUrl, agent)).cookies);
  await visit(page, `/runs/${id}`);
  await runPage(page).cancel.click();
  await expect(run.reason).toHaveValue(TEXT);
});

test("another person signs in in the same tab: finds none of the typed text", async ({
  page,
  context,
  console,
  fixture,
  faults,
}) => {
  // The dialog's search for the ticket's other cancels is in flight when the session ends.
  faults.expect(/status of 401/);
  const { database, server } = console;
  const id = await makeRun(database.owner, fixture);
  const run = await openDialog(page, id);
  await run.reason.fill(TEXT);
  await page.reload();
  await run.cancel.click();
  await expect(run.reason).toHaveValue(TEXT);
  await context.clearCookies();
  await context.addCookies((await stateOf(server.baseUrl, await makePerson(database.owner))).cookies);
  await openDialog(page, id);
  await expect(run.reason).toHaveValue("");
  expect(JSON.stringify(await page.evaluate(() => ({ ...sessionStorage })))).not.toContain("4821");
});
