import type { Page } from "@playwright/test";
import type { Pool } from "pg";
import { visit } from "@/e2e/browser/visit";
import { abortBatch } from "@/lib/cancellation-batches/abort-batch";
import { cancelChunk } from "@/lib/cancellation-batches/cancel-chunk";
import { getBatch } from "@/lib/cancellation-batches/get-batch";
import { startBatch } from "@/lib/cancellation-batches/start-batch";
import { makePlan, makeQueuedRuns } from "@/test/cancellation-batches";
import { makePerson } from "@/test/credentials";
import type { TestDatabase } from "@/test/database";
import { type Fixture, makeRun, makeStaff, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";

const RUNS = 3_214;
const context = TEST_CONTEXT;

/** A plan with a bit of everything: ended, own and unknown runs, several models and customers. */
async function makeRichPlan(database: TestDatabase, fixture: Fixture, reason?: string) {
  const { owner } = database;
  const caller = await makeStaff(owner, "admin", "Grace Hopper");
  const { rows: others } = await owner.query<{ id: string }>(
    "SELECT id FROM runs WHERE org_id <> $1 ORDER BY created_at DESC LIMIT 60",
    [fixture.orgId],
  );
  const runIds = [
    ...(await makeQueuedRuns(owner, fixture, RUNS)),
    await makeRun(owner, fixture, { createdBy: caller.person.id }),
    ...others.map(({ id }) => id),
    "0196f1a0-0000-7000-8000-00000000abcd",
  ];
  const id = await makePlan(database, fixture, { runIds, caller, ...(reason && { reason }) });
  return { id, caller };
}

async function startRich(database: TestDatabase, fixture: Fixture) {
  const { id, caller } = await makeRichPlan(database, fixture);
  const { counts } = await getBatch(database.db, caller, id);
  await startBatch(database.db, { caller, context, id, expectedCount: counts.cancelable });
  return { id, caller };
}

async function work({ workerDb }: TestDatabase, id: string): Promise<void> {
  while (!(await cancelChunk(workerDb, id, 500, true)).isOver);
}

/** Long ago enough for a plausible rate. */
const age = (owner: Pool, id: string) =>
  owner.query("UPDATE cancellation_batches SET started_at = now() - interval '3 s' WHERE id = $1", [id]);

test("cancellations--empty", async ({ openAs, console }) => {
  const { owner } = console.database;
  const newcomer = await openAs(
    await makePerson(owner, { role: "admin", orgIds: [(await seedFixture(owner)).orgId] }),
  );
  await visit(newcomer, "/cancellations");
  await photograph(newcomer);
});

test("cancellations--plan", async ({ admin, console, fixture }) => {
  const { id } = await makeRichPlan(console.database, fixture);
  await visit(admin, `/cancellations/${id}`);
  await photograph(admin, 1_300);
});

test("cancellations--plan-not-ended", async ({ admin, console, fixture }) => {
  const { id } = await makeRichPlan(console.database, fixture);
  await visit(admin, `/cancellations/${id}?outcome=open`);
  await photograph(admin, 1_300);
});

test("cancellations--leaving-out", async ({ admin, console, fixture }) => {
  const { id } = await makeRichPlan(console.database, fixture);
  await visit(admin, `/cancellations/${id}`);
  const boxes = admin.getByRole("table").getByRole("checkbox");
  for (const at of [1, 2, 3]) await boxes.nth(at).click();
  await admin.getByRole("button", { name: /^Leave out/ }).scrollIntoViewIfNeeded();
  await photograph(admin, 900);
});

test("cancellations--starting", async ({ admin, console, fixture }) => {
  const { id } = await makeRichPlan(console.database, fixture);
  await visit(admin, `/cancellations/${id}`);
  await admin.getByRole("button", { name: /^Start: cancel/ }).click();
  await admin.getByRole("alertdialog").getByRole("textbox").fill("3200");
  await admin
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Cancel / })
    .click();
  await photograph(admin);
});

test("cancellations--for-support", async ({ page, console, fixture }) => {
  const { id } = await makeRichPlan(console.database, fixture);
  await visit(page, `/cancellations/${id}`);
  await photograph(page, 1_000);
});

test("cancellations--expired", async ({ admin, console, fixture }) => {
  const { id } = await makeRichPlan(console.database, fixture);
  await console.database.owner.query(
    "UPDATE cancellation_batches SET expires_at = now() - interval '1 h' WHERE id = $1",
    [id],
  );
  await visit(admin, `/cancellations/${id}`);
  await photograph(admin, 1_000);
});

test("cancellations--running", async ({ admin, console, fixture }) => {
  const { id } = await startRich(console.database, fixture);
  for (const size of [500, 500, 400]) await cancelChunk(console.database.workerDb, id, size, true);
  await age(console.database.owner, id);
  await visit(admin, `/cancellations/${id}`);
  await photograph(admin, 1_100);
});

test("cancellations--aborting", async ({ admin, console, fixture }) => {
  const { id } = await startRich(console.database, fixture);
  await cancelChunk(console.database.workerDb, id, 500, true);
  await visit(admin, `/cancellations/${id}`);
  await admin.getByRole("button", { name: "Abort" }).click();
  await expect(admin.getByRole("alertdialog")).toBeVisible();
  await photograph(admin);
});

test("cancellations--aborted", async ({ admin, console, fixture }) => {
  const { id, caller } = await startRich(console.database, fixture);
  for (const size of [500, 500]) await cancelChunk(console.database.workerDb, id, size, true);
  await age(console.database.owner, id);
  await abortBatch(console.database.db, { caller, context, id });
  await visit(admin, `/cancellations/${id}`);
  await photograph(admin, 1_100);
});

test("cancellations--completed", async ({ admin, console, fixture }) => {
  const { id } = await startRich(console.database, fixture);
  await age(console.database.owner, id);
  await work(console.database, id);
  await visit(admin, `/cancellations/${id}`);
  await photograph(admin, 1_100);
});

test("cancellations--failures", async ({ admin, console, fixture }) => {
  const { id } = await startRich(console.database, fixture);
  await work(console.database, id);
  await visit(admin, `/cancellations/${id}?outcome=409`);
  await photograph(admin);
});

test("cancellations--run-of-one", async ({ admin, console, fixture }) => {
  const { id } = await startRich(console.database, fixture);
  await work(console.database, id);
  const { rows } = await console.database.owner.query<{ run_id: string }>(
    "SELECT run_id FROM cancellation_items WHERE batch_id = $1 AND outcome = 201 LIMIT 1",
    [id],
  );
  await visit(admin, `/runs/${rows[0]!.run_id}`);
  await photograph(admin, 900);
});

test("cancellations--notice", async ({ admin, console, fixture }) => {
  const { id } = await startRich(console.database, fixture);
  await visit(admin, `/cancellations/${id}`);
  await expect(admin.getByRole("status", { name: "Status" })).toHaveText("Running");
  await visit(admin, "/runs");
  await work(console.database, id);
  await expect(admin.getByText("Bulk cancellation finished.")).toBeVisible();
  await photograph(admin, 900);
});

test("cancellations--new", async ({ admin, console, fixture }) => {
  await makeQueuedRuns(console.database.owner, fixture, 40);
  await visit(admin, `/runs?model=${encodeURIComponent(fixture.model)}&org=nordlicht`);
  await admin.getByRole("link", { name: "Cancel all matching…" }).click();
  const reason = admin.getByLabel(/^Reason/);
  await reason.fill("Ticket #4821: stuck, no progress");
  await expect(admin.getByText(/live runs match/)).toBeVisible();
  await photograph(admin);
});

test("cancellations--new-for-support", async ({ page, fixture }) => {
  const q = `model:'${fixture.model}' AND status_code:queued`;
  await visit(page, `/cancellations/new?${new URLSearchParams({ q, reason: "Ticket #4821: stuck" })}`);
  await photograph(page);
});

test("cancellations--new-faulty", async ({ admin }) => {
  await visit(admin, "/cancellations/new?q=status_code%3Arunning%20AND%20cost%3E");
  await photograph(admin);
});

test("cancellations--new-empty", async ({ admin }) => {
  await visit(admin, "/cancellations/new");
  await photograph(admin);
});

/** Selects three runs with the keyboard. */
async function selectThree(page: Page, owner: Pool, fixture: Fixture): Promise<void> {
  await makeQueuedRuns(owner, fixture, 3);
  await visit(page, `/runs?model=${encodeURIComponent(fixture.model)}&status=queued`);
  for (const key of ["j", "Shift+J", "Shift+J"]) await page.keyboard.press(key);
  await expect(page.getByText("3 runs selected")).toBeVisible();
}

test("cancellations--selected", async ({ admin, console, fixture }) => {
  await selectThree(admin, console.database.owner, fixture);
  await photograph(admin, 900);
});

test("cancellations--selected-by-support", async ({ page, console, fixture }) => {
  await selectThree(page, console.database.owner, fixture);
  await photograph(page, 900);
});

test("cancellations--planning", async ({ admin, console, fixture }) => {
  await selectThree(admin, console.database.owner, fixture);
  await admin.keyboard.press("c");
  const reason = admin.getByRole("dialog").getByLabel(/^Reason/);
  await expect(reason).toBeFocused();
  await reason.fill("Ticket #4821: duplicate submission");
  await photograph(admin);
});

test("cancellations--stuck", async ({ admin, console, fixture }) => {
  for (const ageMs of [1_000_000, 900_000]) await makeRun(console.database.owner, fixture, { ageMs });
  await visit(admin, `/runs/stuck?model=${encodeURIComponent(fixture.model)}`);
  await photograph(admin, 900);
});

test("cancellations", async ({ admin, console, fixture }) => {
  await makeRichPlan(console.database, fixture, "ZD-991: the customer sent each job twice");
  await visit(admin, "/cancellations");
  await photograph(admin, 900);
});
