import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import type { Pool } from "pg";
import { makeQueuedRuns } from "@/test/cancellation-batches";
import { makePerson, type Person } from "@/test/credentials";
import { type Fixture, makeRun, seedFixture } from "@/test/fixture";
import { startWorker } from "@/test/worker";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { readEffects } from "./effects";
import { runPage } from "./run-page";
import { visit } from "./visit";

const REASON = "Ticket #4821: abuse of a key";
/** A batch with thousands of runs and a worker that was just started. */
const SOON = { timeout: 30_000 };

const listOf = ({ model }: Fixture) => `/runs?q=${encodeURIComponent(`model:'${model}'`)}`;
const draftOf = ({ model }: Fixture, reason = REASON) =>
  `/cancellations/new?${new URLSearchParams({ q: `model:'${model}'`, reason })}`;
const makeAdmin = (owner: Pool) => makePerson(owner, { role: "admin" });

function planPage(page: Page) {
  const preview = page.getByRole("region", { name: "Preview" });
  const dialog = page.getByRole("alertdialog");
  return {
    preview,
    dialog,
    state: page.getByRole("status", { name: "Status" }),
    start: page.getByRole("button", { name: /^Start: cancel/ }),
    confirm: dialog.getByRole("button", { name: /^Cancel / }),
    runs: page.getByRole("table", { name: "Runs of this bulk cancellation" }),
    outcome: page.getByRole("region", { name: "Outcome" }),
    progress: page.getByRole("region", { name: "Progress" }),
  };
}

/** Creates a plan over the fixture's runs. Ends on the plan's page. */
async function plan(page: Page, fixture: Fixture, reason = REASON): Promise<string> {
  await visit(page, draftOf(fixture, reason));
  await page.getByRole("button", { name: "Create plan" }).click();
  await expect(page).toHaveURL(/\/cancellations\/[0-9a-f-]{36}$/);
  await expect(planPage(page).preview).toBeVisible();
  return page.url().split("/").at(-1)!;
}

async function start(page: Page, count: number): Promise<void> {
  const { start: button, dialog, confirm } = planPage(page);
  await button.click();
  if (count > 25) await dialog.getByRole("textbox").fill(String(count));
  await confirm.click();
  await expect(dialog).toBeHidden();
}

test("keyboard alone: from the list to many canceled runs", async ({ openAs, console }) => {
  const { database } = console;
  const fixture = await seedFixture(database.owner);
  const ids: string[] = [];
  for (const ageMs of [4_000, 3_000, 2_000, 1_000])
    ids.unshift(await makeRun(database.owner, fixture, { ageMs }));
  const worker = await startWorker(database.workerUrl);
  try {
    const page = await openAs(await makeAdmin(database.owner));
    await visit(page, listOf(fixture));
    for (const key of ["j", "Shift+J", "Shift+J"]) await page.keyboard.press(key);
    await expect(page.getByText("3 runs selected")).toBeVisible();
    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog", { name: "Cancel 3 runs?" });
    await expect(dialog.getByLabel(/^Reason/)).toBeFocused();
    await page.keyboard.type(REASON);
    await page.keyboard.press("Control+Enter");
    const { preview, dialog: question, state, outcome } = planPage(page);
    await expect(preview).toContainText("3 runs will be canceled");
    await page.keyboard.press("c");
    await expect(question.getByRole("button", { name: "Keep runs" })).toBeFocused();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(state).toHaveText("Completed", SOON);
    await expect(outcome).toContainText("3 runs were canceled");
    const summary = page.getByRole("button", { name: "Copy summary" });
    await expect(summary).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(summary).toBeFocused();
    for (const id of ids.slice(0, 3))
      expect(await readEffects(database, id)).toMatchObject({ status: "canceled", reasons: [REASON] });
    expect(await readEffects(database, ids[3]!)).toMatchObject({ status: "running", reasons: [] });

    await visit(page, `/runs/${ids[0]}`);
    await page.getByRole("link", { name: "a bulk cancellation of 3 runs" }).click();
    await expect(state).toHaveText("Completed");
  } finally {
    await worker.stop();
  }
});

test("all matching: the filter in words, then a plan whose count must be typed", async ({
  openAs,
  console,
}) => {
  const { owner, workerUrl } = console.database;
  const fixture = await seedFixture(owner);
  const ids = await makeQueuedRuns(owner, fixture, 40);
  await makeRun(owner, fixture, { status: "succeeded" });
  const worker = await startWorker(workerUrl);
  try {
    const page = await openAs(await makeAdmin(owner));
    await visit(page, `/runs?model=${encodeURIComponent(fixture.model)}`);
    await page.getByRole("link", { name: "Cancel all matching…" }).click();
    const runs = page.getByRole("region", { name: "Runs" });
    await expect(runs).toContainText("40 live runs match");
    await expect(runs).toContainText(`Model${fixture.model}`);
    await expect(runs).toContainText("StatusQueued, Dispatching or Running");
    await expectAccessible(page, "new bulk cancellation");
    await page.getByRole("button", { name: "Create plan" }).click();
    await expect(page.getByLabel(/^Reason/)).toBeFocused();
    await expectAccessible(page, "new bulk cancellation without a reason");
    await page.getByLabel(/^Reason/).fill(REASON);
    await page.getByRole("button", { name: "Create plan" }).click();

    const { preview, start: button, dialog, confirm, state, outcome, runs: table } = planPage(page);
    await expect(preview).toContainText("40 runs will be canceled");
    await expect(preview).toContainText("4.00 USD at list prices");
    await expectAccessible(page, "plan");

    const first = table.getByRole("row").nth(1);
    await first.getByRole("button", { name: /^Actions/ }).click();
    await page.getByRole("menuitem", { name: "Leave out" }).click();
    await expect(preview).toContainText("39 runs will be canceled");
    await expect(first).toContainText("Left out");
    for (const at of [2, 3]) await table.getByRole("row").nth(at).getByRole("checkbox").click();
    // The bar at the bottom covers no row of a screen that shows them all.
    await page.setViewportSize({ width: 1280, height: 2_400 });
    await expectAccessible(page, "plan with selected runs");
    await page.getByRole("button", { name: "Leave out 2 runs" }).click();
    await expect(preview).toContainText("37 runs will be canceled");
    await expect(preview).toContainText("3 are left out.");
    // In place: the bar offers to undo the last change.
    await expect(page.getByText("2 runs left out.")).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(preview).toContainText("39 runs will be canceled");
    await expect(page.getByText("2 runs put back.")).toBeVisible();
    await expectAccessible(page, "plan with runs put back");
    await expect(page.getByRole("button", { name: "Undo" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(preview).toContainText("37 runs will be canceled");
    await page.getByRole("button", { name: "Dismiss" }).click();
    await expect(page.getByRole("button", { name: "Undo" })).toBeHidden();
    await first.getByRole("button", { name: /^Actions/ }).click();
    await page.getByRole("menuitem", { name: "Put back" }).click();
    await expect(first).toContainText("To cancel");
    await expect(preview).toContainText("38 runs will be canceled");
    for (const at of [1, 2]) await table.getByRole("row").nth(at).getByRole("checkbox").click();
    await expect(page.getByRole("button", { name: "Put back 1 run" })).toBeVisible();
    await page.getByRole("button", { name: "Leave out 1 run" }).click();
    await expect(preview).toContainText("37 runs will be canceled");

    await button.click();
    const count = dialog.getByRole("textbox", { name: "Type 37 to confirm" });
    await expect(count).toBeFocused();
    await confirm.click();
    await expect(count).toHaveAttribute("aria-invalid", "true");
    await expectAccessible(page, "start, count not typed");
    await count.fill("37");
    await count.press("Enter");
    await expect(state).toHaveText("Completed", SOON);
    await expect(outcome).toContainText("37 runs were canceled");
    await expectAccessible(page, "completed bulk cancellation");
    const { rows } = await owner.query("SELECT FROM runs WHERE id = ANY($1) AND status_code = 'canceled'", [
      ids,
    ]);
    expect(rows).toHaveLength(37);

    await page.getByRole("button", { name: "Outcome" }).click();
    await page.getByRole("radio", { name: "Left out" }).check();
    await expect(table.getByRole("row")).toHaveCount(4);
  } finally {
    await worker.stop();
  }
});

test("running: two browsers watch, one limits its speed and aborts, and the receipt can be downloaded", async ({
  openAs,
  console,
}) => {
  const { owner, workerUrl } = console.database;
  const fixture = await seedFixture(owner);
  await makeQueuedRuns(owner, fixture, 200);
  const [page, watcher] = [
    await openAs(await makeAdmin(owner)),
    await openAs(await makePerson(owner, { role: "auditor" })),
  ];
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const id = await plan(page, fixture);
  await owner.query("UPDATE cancellation_batches SET rate_limit = 4 WHERE id = $1", [id]);
  await start(page, 200);
  await visit(watcher, `/cancellations/${id}`);
  const [own, other] = [planPage(page), planPage(watcher)];
  await expect(other.state).toHaveText("Running");
  await expect(own.progress).toContainText("0 of 200 runs");
  await expect(own.progress).toContainText("Limited to 4 runs per second");
  await expectAccessible(page, "running bulk cancellation");
  const worker = await startWorker(workerUrl);
  try {
    for (const { progress } of [own, other])
      await expect(progress).toContainText(/[1-9]\d* of 200 runs/, SOON);
    const against = watcher.getByRole("button", { name: "Abort" });
    await expect(against).toBeDisabled();
    await expect(against).toHaveAccessibleDescription(/Ask an admin for the permission runs\.cancel\.bulk/);

    const limit = page.getByRole("textbox", { name: /runs per second/ });
    await limit.fill("0");
    await limit.press("Enter");
    await expect(own.progress.getByRole("alert")).toHaveText("Enter a whole number from 1 to 10,000.");
    await limit.fill("1");
    await limit.press("Enter");
    await expect(own.progress).toContainText("Limited to 1 runs per second");

    await page.getByRole("button", { name: "Abort" }).click();
    await expectAccessible(page, "abort dialog");
    await own.dialog.getByRole("button", { name: "Abort" }).click();
    for (const { state, outcome } of [own, other]) {
      await expect(state).toHaveText("Aborted", SOON);
      await expect(outcome).toContainText("left alone by the abort");
    }
    await expectAccessible(page, "aborted bulk cancellation");

    const { rows } = await owner.query<{ canceled: number }>(
      "SELECT canceled FROM cancellation_batches WHERE id = $1",
      [id],
    );
    const { canceled } = rows[0]!;
    const started = page.waitForEvent("download");
    await page.getByRole("link", { name: "Receipt CSV" }).click();
    const download = await started;
    expect(download.suggestedFilename()).toBe(`cancellation-${id}.csv`);
    const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
    expect(lines).toHaveLength(201);
    expect(lines.filter((line) => line.includes(",201,"))).toHaveLength(canceled);

    await page.getByRole("button", { name: "Copy summary" }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toContain(
        `**[Bulk cancellation of 200 runs](${new URL(`/cancellations/${id}`, page.url())}): aborted**`,
      );
  } finally {
    await worker.stop();
  }
});

test("retry: another person cancels what the first could not", async ({ openAs, console }) => {
  const { owner, workerUrl } = console.database;
  const fixture = await seedFixture(owner);
  const [ada, ben] = [await makeAdmin(owner), await makeAdmin(owner)];
  await makeQueuedRuns(owner, fixture, 2);
  await makeRun(owner, fixture, { createdBy: ada.id });
  const worker = await startWorker(workerUrl);
  try {
    const page = await openAs(ada);
    const id = await plan(page, fixture);
    const { preview, state, outcome, runs } = planPage(page);
    await expect(preview).toContainText("1 is your own. Someone else has to cancel it.");
    await start(page, 2);
    await expect(state).toHaveText("Completed", SOON);
    await expect(outcome).toContainText("1 was refused");

    const second = await openAs(ben);
    await visit(second, `/cancellations/${id}?outcome=409`);
    const other = planPage(second);
    await expect(other.runs.getByRole("row")).toHaveCount(2);
    await expect(other.runs).toContainText(`Refused: ${ada.name}’s own run`);
    await second.getByRole("button", { name: "Retry the run that was refused" }).click();
    await expectAccessible(second, "retry dialog");
    await other.dialog.getByRole("button", { name: "Retry 1 run" }).click();
    await expect(other.outcome).toContainText("3 runs were canceled", SOON);
    await expect(outcome).toContainText("1 was refused");
    await visit(page, `/cancellations/${id}`);
    await expect(runs.getByRole("row").filter({ hasText: "Canceled" })).toHaveCount(3);
    await expect(page.getByRole("main")).toContainText(`Started by ${ben.name}`);
  } finally {
    await worker.stop();
  }
});

test("support: prepares a bulk cancellation, and an admin opens the link", async ({
  page,
  context,
  openAs,
  console,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  for (const ageMs of [2_000, 1_000]) await makeRun(owner, fixture, { ageMs });
  await visit(page, listOf(fixture));
  await page.getByRole("checkbox", { name: "Select all runs on this page" }).click();
  const cancel = page.getByRole("button", { name: "Cancel 2 runs" });
  await expect(cancel).toBeDisabled();
  await expect(cancel).toHaveAccessibleDescription(/Ask an admin for the permission runs\.cancel\.bulk/);
  await page.keyboard.press("c");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expectAccessible(page, "selected rows without the permission");
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "Copy link for an admin" }).click();
  await expect.poll(copied).toContain("/cancellations/new?");

  await visit(page, await copied());
  await expect(page.getByRole("region", { name: "Runs" })).toContainText("2 live runs match");
  const create = page.getByRole("button", { name: "Create plan" });
  await expect(create).toBeDisabled();
  await expect(create).toHaveAccessibleDescription(/runs\.cancel\.bulk/);
  await page.getByLabel(/^Reason/).fill(REASON);
  await expectAccessible(page, "new bulk cancellation without the permission");
  await page.getByRole("button", { name: "Copy link for an admin" }).click();
  await expect.poll(copied).toContain("reason=");

  const admin = await openAs(await makeAdmin(owner));
  await visit(admin, await copied());
  await expect(admin.getByLabel(/^Reason/)).toHaveValue(REASON);
  await admin.getByRole("button", { name: "Create plan" }).click();
  await expect(planPage(admin).preview).toContainText("2 runs will be canceled");
});

test("support, more runs than fit into a link: what to do instead", async ({ page, console }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  await makeQueuedRuns(owner, fixture, 91);
  await visit(page, `/runs/stuck?model=${encodeURIComponent(fixture.model)}`);
  await page.getByRole("checkbox", { name: /^Select all/ }).click();
  const cancel = page.getByRole("button", { name: "Cancel 91 runs" });
  await expect(cancel).toHaveAccessibleDescription(
    /Ask an admin .* To prepare it, select at most 90 runs, or filter the list and use “Cancel all…” above it\.$/,
  );
  const copy = page.getByRole("button", { name: "Copy link for an admin" });
  await expect(copy).toHaveCount(0);
  await page.getByRole("table").getByRole("row").nth(1).getByRole("checkbox").click();
  await expect(copy).toBeVisible();
  await expect(page.getByText("To prepare it,")).toHaveCount(0);
  await page.getByRole("button", { name: "Cancel all stuck runs of this model…" }).click();
  await expect(page.getByRole("region", { name: "Runs" })).toContainText("91 live runs match");
  await expect(copy).toBeVisible();
});

test("speed limit submitted before the scripts load: set once they have", async ({ openAs, console }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  await makeQueuedRuns(owner, fixture, 3);
  const page = await openAs(await makeAdmin(owner));
  const id = await plan(page, fixture);
  await start(page, 3);
  await expect(planPage(page).state).toHaveText("Running");
  const scripts = Promise.withResolvers<void>();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.goto(`/cancellations/${id}`, { waitUntil: "commit" });
  const limit = page.getByRole("textbox", { name: /No speed limit/ });
  await limit.fill("0");
  await limit.press("Enter");
  scripts.resolve();
  const { progress } = planPage(page);
  await expect(progress.getByRole("alert")).toHaveText("Enter a whole number from 1 to 10,000.");
  await expect(limit).toHaveValue("0");
  expect(new URL(page.url()).search).toBe("");
  await limit.fill("2");
  await limit.press("Enter");
  await expect(progress).toContainText("Limited to 2 runs per second");
  await expect(page.getByRole("textbox", { name: /runs per second/ })).toHaveValue("");
});

test("start: runs that end meanwhile need no second question, more runs do", async ({
  openAs,
  console,
  faults,
}) => {
  faults.expect(/\/execution: .* 409/);
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const admin = await makeAdmin(owner);
  const ids = await makeQueuedRuns(owner, fixture, 3);
  const own = await makeRun(owner, fixture, { createdBy: admin.id });
  const page = await openAs(admin);
  const id = await plan(page, fixture);
  const { start: button, dialog, confirm, state } = planPage(page);
  await button.click();
  await expect(dialog).toContainText("Cancel 3 runs?");
  await owner.query("UPDATE runs SET created_by = NULL WHERE id = $1", [own]);
  await confirm.click();
  await expect(dialog.getByRole("alert")).toContainText(
    "4 runs can be canceled now, not 3. Nothing was started.",
  );
  await expectAccessible(page, "start, plan changed");
  await owner.query(
    "UPDATE runs SET status_code = 'failed', completed_at = now(), duration_ms = 1 WHERE id = $1",
    [ids[0]],
  );
  await confirm.click();
  await expect(state).toHaveText("Running");
  const { rows } = await owner.query("SELECT counts FROM cancellation_batches WHERE id = $1", [id]);
  expect(rows[0]).toMatchObject({ counts: { cancelable: 3, terminal: 1 } });
});

test("faulty drafts: the message is at its field, and nothing is planned", async ({
  openAs,
  console,
  faults,
}) => {
  faults.expect(/cancellation-batches: .* 422/);
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const page = await openAs(await makeAdmin(owner));
  await visit(page, "/cancellations/new?q=cost%3E");
  const box = page.getByRole("combobox", { name: "Filter expression" });
  await expect(box).toHaveAccessibleDescription(/at position/);
  await page.getByLabel(/^Reason/).fill(REASON);
  await page.getByRole("button", { name: "Create plan" }).click();
  await expect(box).toBeFocused();
  await expectAccessible(page, "new bulk cancellation, faulty expression");

  await box.fill(`model:'${fixture.model}'`);
  await page.getByRole("button", { name: "Create plan" }).click();
  await expect(page.getByText("The runs changed. Check them, then create the plan.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Runs" })).toContainText("No live run matches");
  await page.getByRole("button", { name: "Create plan" }).click();
  await expect(box).toHaveAccessibleDescription(/No run in reach matches/);
  await expect(page.getByLabel(/^Reason/)).toHaveValue(REASON);
  await visit(page, "/cancellations/new?q=cost%3E1&org=nobody");
  await expect(box).toHaveAccessibleDescription("Unknown customer “nobody”.");
});

test("expired plan: can be planned again", async ({ openAs, console }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  await makeQueuedRuns(owner, fixture, 2);
  const page = await openAs(await makeAdmin(owner));
  const { rows } = await owner.query<{ slug: string; name: string }>(
    "SELECT slug, name FROM organizations WHERE id = $1",
    [fixture.orgId],
  );
  await visit(page, `${draftOf(fixture)}&org=${rows[0]!.slug}`);
  await page.getByRole("button", { name: "Create plan" }).click();
  await expect(page.getByText(`Only runs of ${rows[0]!.name}`)).toBeVisible();
  const id = page.url().split("/").at(-1)!;
  await owner.query("UPDATE cancellation_batches SET expires_at = now() - interval '1 s' WHERE id = $1", [
    id,
  ]);
  await visit(page, `/cancellations/${id}`);
  await expect(planPage(page).state).toHaveText("Expired");
  await expectAccessible(page, "expired plan");
  await page.getByRole("link", { name: "Plan again" }).click();
  await expect(page.getByLabel(/^Reason/)).toHaveValue(REASON);
  const runs = page.getByRole("region", { name: "Runs" });
  await expect(runs).toContainText("2 live runs match");
  await expect(runs).toContainText(/CustomerOrg \w+/);
});

test("notice: tells on another page that the bulk cancellation ended", async ({ openAs, console }) => {
  const { owner, workerUrl } = console.database;
  const fixture = await seedFixture(owner);
  await makeQueuedRuns(owner, fixture, 3);
  const page = await openAs(await makeAdmin(owner));
  const id = await plan(page, fixture);
  await start(page, 3);
  await expect(planPage(page).state).toHaveText("Running");
  await visit(page, "/audit");
  const worker = await startWorker(workerUrl);
  try {
    const notice = page.getByRole("status", { name: "Bulk cancellations" });
    await expect(notice).toContainText("Bulk cancellation finished. 3 runs were canceled", SOON);
    await expectAccessible(page, "notice of an ended bulk cancellation");
    await notice.getByRole("link", { name: "View outcome" }).click();
    await expect(page).toHaveURL(`/cancellations/${id}`);
    await expect(planPage(page).state).toHaveText("Completed");
    await visit(page, "/audit");
    await expect(notice).toBeHidden();
  } finally {
    await worker.stop();
  }
});

test("audit entries: lead to the bulk cancellation", async ({ openAs, console }) => {
  const { owner, workerUrl } = console.database;
  const fixture = await seedFixture(owner);
  const [runId] = await makeQueuedRuns(owner, fixture, 1);
  const worker = await startWorker(workerUrl);
  try {
    const page = await openAs(await makeAdmin(owner));
    const id = await plan(page, fixture);
    await start(page, 1);
    await expect(planPage(page).state).toHaveText("Completed", SOON);
    for (const [target, link] of [
      [runId!, "a bulk cancellation"],
      [id, "1 run"],
    ] as const) {
      const { rows } = await owner.query<{ id: string }>(
        "SELECT id FROM audit_entries WHERE target_id = $1 LIMIT 1",
        [target],
      );
      await visit(page, `/audit/${rows[0]!.id}`);
      await page.getByRole("region", { name: "Change" }).getByRole("link", { name: link }).click();
      await expect(page).toHaveURL(`/cancellations/${id}`);
    }
  } finally {
    await worker.stop();
  }
});

test("one selected run: opens the ordinary dialog", async ({ page, console }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const id = await makeRun(owner, fixture);
  await makeRun(owner, fixture, { status: "succeeded" });
  await visit(page, listOf(fixture));
  await page.getByRole("checkbox", { name: "Select all runs on this page" }).click();
  await page.getByRole("button", { name: "Cancel 1 run" }).click();
  const { dialog, reason } = runPage(page);
  await expect(reason).toBeFocused();
  await expect(dialog).toContainText(id);
});

test("stuck: selected runs, and all stuck runs of a model", async ({ openAs, console }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  for (const ageMs of [500_000, 400_000]) await makeRun(owner, fixture, { ageMs });
  await makeRun(owner, fixture, { ageMs: 10_000 });
  const page = await openAs(await makeAdmin(owner));
  await visit(page, `/runs/stuck?model=${encodeURIComponent(fixture.model)}`);
  for (const key of ["j", "x", "j", "x", "c"]) await page.keyboard.press(key);
  await expect(page.getByRole("dialog", { name: "Cancel 2 runs?" })).toBeVisible();
  await expectAccessible(page, "plan dialog");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Cancel 2 runs" })).toBeFocused();
  await page.getByRole("button", { name: "Cancel all stuck runs of this model…" }).click();
  await expect(page.getByRole("region", { name: "Runs" })).toContainText("2 live runs match");
});

test("list: newest first, filtered by state, and out of reach for people without all its customers", async ({
  page,
  openAs,
  console,
  faults,
}) => {
  faults.expect(/status of 404/);
  const { owner } = console.database;
  const [fixture, elsewhere] = [await seedFixture(owner), await seedFixture(owner)];
  await makeQueuedRuns(owner, fixture, 2);
  const person: Person = await makePerson(owner, { role: "admin", orgIds: [fixture.orgId] });
  const admin = await openAs(person);
  await visit(admin, "/cancellations");
  await expect(admin.getByText("No bulk cancellations yet")).toBeVisible();
  await expectAccessible(admin, "no bulk cancellations");
  const first = await plan(admin, fixture, "The first plan, #1");
  const second = await plan(admin, fixture, "The second plan, #2");
  await start(admin, 2);
  await visit(admin, "/cancellations");
  const rows = admin.getByRole("table", { name: "Bulk cancellations" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("The second plan, #2");
  await expect(rows.nth(1)).toContainText("Running");
  await expect(rows.nth(2)).toContainText("Planned");
  await expectAccessible(admin, "bulk cancellations");
  await admin.getByRole("button", { name: "State" }).click();
  await admin.getByRole("radio", { name: "Planned" }).check();
  await expect(admin).toHaveURL("/cancellations?state=planned");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1).getByRole("link")).toHaveAttribute("href", `/cancellations/${first}`);
  await visit(admin, "/cancellations?state=over");
  await expect(admin.getByText("This link contains an unknown state.")).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, `/cancellations/${second}`);
  await expect(planPage(page).progress).toBeVisible();
  const outsider = await openAs(await makePerson(owner, { role: "admin", orgIds: [elsewhere.orgId] }));
  await visit(outsider, `/cancellations/${second}`);
  await expect(outsider.getByRole("heading", { level: 1 })).toHaveText("Bulk cancellation not found");
  await expectAccessible(outsider, "bulk cancellation out of reach");
});
