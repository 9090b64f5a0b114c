import { makePerson } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { readEffects } from "./effects";
import { keepFromPolling, openDialog, runPage } from "./run-page";
import { visit } from "./visit";

test("auditor: sees the run, and why they can't cancel it", async ({ openAs, console, fixture }) => {
  const { owner } = console.database;
  const id = await makeRun(owner, fixture);
  const page = await openAs(await makePerson(owner, { role: "auditor" }));
  await visit(page, `/runs/${id}`);
  const run = runPage(page);
  await expect(run.title(id)).toBeVisible();
  await expect(run.cancel).toBeDisabled();
  await expect(run.cancel).toHaveAccessibleDescription(
    "Your role doesn’t include canceling runs. Ask an admin for the permission runs.cancel.",
  );
  await expect(
    page.getByText("Your role doesn’t include canceling runs. Ask an admin for the permission runs.cancel."),
  ).toBeVisible();
  await run.cancel.click({ force: true });
  await page.keyboard.press("c");
  await expect(run.dialog).toBeHidden();
});

test("creator of a run: learns that a second person must cancel it", async ({
  page,
  console,
  fixture,
  agent,
}) => {
  const id = await makeRun(console.database.owner, fixture, { createdBy: agent.id });
  await visit(page, `/runs/${id}`);
  const run = runPage(page);
  await expect(run.cancel).toBeDisabled();
  await expect(run.cancel).toHaveAccessibleDescription(
    "You created this run. Someone else has to cancel it.",
  );
});

test("refusal that the page didn't expect: shows the server's message", async ({
  page,
  console,
  fixture,
  agent,
  faults,
}) => {
  faults.expect(/ERR_TIMED_OUT/, /\/cancellation: .* 409/);
  const { database } = console;
  const id = await makeRun(database.owner, fixture);
  const run = await openDialog(page, id);
  await keepFromPolling(page);
  await database.owner.query("UPDATE runs SET created_by = $1 WHERE id = $2", [agent.id, id]);
  await run.reason.fill("Ticket #4821");
  await run.confirm.click();
  const alert = run.dialog.getByRole("alert");
  await expect(alert).toContainText("You created this run, so a second person must cancel it.");
  await expect(alert).toContainText(/Request ID req_\w{26}/);
  await expect(run.reason).toHaveValue("Ticket #4821");
  await expect(run.confirm).toBeEnabled();
  expect(await readEffects(database, id)).toEqual({ status: "running", reasons: [], jobs: 0 });
});

test("unverified email: the page explains why it is empty", async ({ openAs, console, fixture }) => {
  const { owner } = console.database;
  const page = await openAs(await makePerson(owner, { isVerified: false }));
  for (const path of ["/runs", `/runs/${await makeRun(owner, fixture)}`, "/audit", "/cancellations"]) {
    await visit(page, path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your email address is not verified");
    await expect(page.getByRole("main")).toContainText("ask an admin");
    await expect(page.getByRole("table")).toBeHidden();
  }
});

test("run or entry out of reach: not found", async ({ page, openAs, console, fixture, agent, faults }) => {
  faults.expect(/\/(runs|audit)\/[0-9a-f-]+: .* 404/);
  const { owner } = console.database;
  const id = await makeRun(owner, fixture);
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821");
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  const { rows } = await owner.query<{ id: string }>("SELECT id FROM audit_entries WHERE target_id = $1", [
    id,
  ]);

  const other = await openAs(await makePerson(owner, { orgIds: [(await seedFixture(owner)).orgId] }));
  await visit(other, `/runs/${id}`);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Run not found");
  await visit(other, `/audit/${rows[0]!.id}`);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Audit entry not found");
  await visit(other, "/audit");
  await expect(other.getByRole("main")).toContainText("The audit trail is empty");
  await expect(other.getByText(agent.name)).toBeHidden();
  await visit(other, "/runs");
  await expect(other.getByRole("main")).toContainText("No runs yet");
});
