import { reportAsProvider } from "@/e2e/browser/provider-report";
import { openDialog, revealPayloads } from "@/e2e/browser/run-page";
import { whileLocked } from "@/test/while-locked";
import { visit } from "@/e2e/browser/visit";
import { cancelRun } from "@/lib/runs/cancel-run";
import { makePerson } from "@/test/credentials";
import { TEST_CONTEXT } from "@/test/fixture";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";
import { makeTellingRun } from "./telling-run";

test("run--queued", async ({ page, console, fixture }) => {
  await visit(page, `/runs/${await makeTellingRun(console.database.owner, fixture, { status: "queued" })}`);
  await photograph(page);
});

test("run--running", async ({ page, console, fixture }) => {
  await visit(page, `/runs/${await makeTellingRun(console.database.owner, fixture)}`);
  await photograph(page);
});

test("run--stuck", async ({ page, console, fixture }) => {
  await visit(page, `/runs/${await makeTellingRun(console.database.owner, fixture, { ageMs: 900_000 })}`);
  await expect(page.getByRole("img", { name: /^How long/ })).toBeVisible();
  await photograph(page);
});

test("run--without-density", async ({ page, console, fixture }) => {
  const { owner } = console.database;
  const { rows } = await owner.query<{ id: string; slug: string }>(
    "SELECT id, slug FROM models WHERE slug = 'topaz/upscale/image'",
  );
  const rare = { ...fixture, modelId: rows[0]!.id, model: rows[0]!.slug };
  await visit(page, `/runs/${await makeTellingRun(owner, rare, { ageMs: 40_000 })}`);
  await photograph(page);
});

test("run--succeeded", async ({ page, console, fixture }) => {
  const { database, server } = console;
  const id = await makeTellingRun(database.owner, fixture, { ageMs: 14_000 });
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded", cost: "0.27" });
  await visit(page, `/runs/${id}`);
  await photograph(page);
});

test("run--failed", async ({ page, console, fixture }) => {
  const { owner } = console.database;
  const id = await makeTellingRun(owner, fixture, { ageMs: 14_000 });
  await owner.query(
    `UPDATE runs SET status_code = 'failed', completed_at = now(), duration_ms = 14000,
       failure_code = 'out_of_memory', failure_stage_code = 'inference',
       failure_message = 'CUDA out of memory: tried to allocate 18.00 GiB' WHERE id = $1`,
    [id],
  );
  await visit(page, `/runs/${id}`);
  await photograph(page);
});

test("run--cancelled-with-ghost", async ({ page, console, fixture }) => {
  const { database, server } = console;
  const id = await makeTellingRun(database.owner, fixture, { ageMs: 340_000 });
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821: stuck, no progress for five minutes");
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded", cost: "0.12" });
  await expect(run.timeline).toContainText("after the cancel");
  await photograph(page);
});

test("run--revealed", async ({ page, console, fixture }) => {
  await visit(page, `/runs/${await makeTellingRun(console.database.owner, fixture)}`);
  await revealPayloads(page);
  await expect(page.getByRole("region", { name: "Input as JSON" })).toContainText("18446744073709551615");
  await photograph(page);
});

test("run--searching-a-payload", async ({ page, console, fixture }) => {
  await visit(page, `/runs/${await makeTellingRun(console.database.owner, fixture)}`);
  await revealPayloads(page);
  await page.getByRole("searchbox", { name: "Search input" }).fill("shadow");
  await expect(page.getByText("1 of 2").first()).toBeVisible();
  await photograph(page);
});

test("run--revealing", async ({ page, console, fixture }) => {
  await visit(page, `/runs/${await makeTellingRun(console.database.owner, fixture)}`);
  await page.getByRole("button", { name: "Reveal payloads" }).click();
  await expect(page.getByRole("dialog", { name: "Reveal the payloads?" })).toBeVisible();
  await photograph(page);
});

test("run--only-to-look-at", async ({ openAs, console, fixture }) => {
  const { owner } = console.database;
  const auditor = await openAs(await makePerson(owner, { role: "auditor" }));
  await visit(auditor, `/runs/${await makeTellingRun(owner, fixture)}`);
  await photograph(auditor);
});

test("run--in-a-list", async ({ page }) => {
  await visit(page, "/runs?status=succeeded");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation", { name: "Previous and next run" })).toContainText("2 of");
  await photograph(page);
});

test("run--loading", async ({ page, console, fixture }) => {
  const { owner } = console.database;
  const id = await makeTellingRun(owner, fixture);
  await visit(page, "/audit");
  await whileLocked(owner, "provider_events", async () => {
    await page.getByRole("searchbox", { name: "Look up a run" }).fill(id);
    await page.keyboard.press("Enter");
    await expect(page.getByText("Loading…")).toBeAttached();
    await photograph(page);
  });
});

test("run--not-found", async ({ page }) => {
  await visit(page, "/runs/0196f1a0-0000-7000-8000-00000000abcd");
  await expect(page.getByRole("heading", { name: "Run not found" })).toBeVisible();
  await photograph(page);
});

test("run--deleted", async ({ page, console, fixture }) => {
  const { database } = console;
  const id = await makeTellingRun(database.owner, fixture, { ageMs: 50 * 86_400_000 });
  await cancelRun(database.db, fixture.support, { runId: id, reason: "Ticket #4821", context: TEST_CONTEXT });
  // A pending delivery would keep the run.
  await database.owner.query(
    "UPDATE deliveries SET state = 'delivered', settled_at = now(), next_attempt_at = NULL WHERE run_id = $1",
    [id],
  );
  await database.owner.query(`ALTER TABLE runs DISABLE TRIGGER USER;
    UPDATE runs SET completed_at = created_at + interval '4 min', cost = 0.27 WHERE id = '${id}';
    ALTER TABLE runs ENABLE TRIGGER USER; SELECT delete_old_runs(40, 500)`);
  await visit(page, `/runs/${id}`);
  await expect(page.getByRole("heading", { name: "Run deleted" })).toBeVisible();
  await photograph(page);
});
