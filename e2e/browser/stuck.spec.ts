import type { Page } from "@playwright/test";
import type { Pool } from "pg";
import { makePerson } from "@/test/credentials";
import { makeRun, seedFixture, type Fixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

const table = (page: Page) => page.getByRole("table", { name: "Stuck runs" });
const rows = (page: Page) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });
const row = (page: Page, id: string) => rows(page).filter({ has: page.locator(`a[href="/runs/${id}"]`) });
const count = (page: Page) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Stuck/ });
/** Its runs are stuck after 120 s. */
const byModel = ({ model }: Fixture) => `/runs/stuck?model=${encodeURIComponent(model)}`;
/** A person with one customer, so that other tests don't affect the count. */
const makeReader = (owner: Pool, { orgId }: Fixture) => makePerson(owner, { orgIds: [orgId] });
const LIST = "**/v1/admin/runs/stuck?*";
const SOON = { timeout: 10_000 };

test("run over its model's threshold: in the list and the count within 10 s, until it ends", async ({
  openAs,
  console,
}) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const page = await openAs(await makeReader(owner, fixture));
  const id = await makeRun(owner, fixture, { ageMs: 30_000 });
  await visit(page, byModel(fixture));
  await expect(page.getByRole("main")).toContainText("No stuck run matches these filters");
  await expect(count(page)).not.toContainText(/[1-9]/);
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));

  // The run crosses the threshold while the page is open.
  await owner.query(
    "UPDATE runs SET created_at = created_at - interval '92 s', started_at = NULL WHERE id = $1",
    [id],
  );
  await expect(row(page, id)).toContainText(/2\.\d × p95.*2 min.*\(usually under 1 min\)/, SOON);
  await expect(row(page, id)).toContainText("Running");
  await expect(page.getByText("1 run, highest ratio first")).toBeVisible();
  await expect(count(page)).toContainText("1", SOON);

  await owner.query(
    `UPDATE runs SET status_code = 'failed', completed_at = now(), duration_ms = 122000 WHERE id = $1`,
    [id],
  );
  await expect(row(page, id)).toBeHidden(SOON);
  await expect(count(page)).not.toContainText(/[1-9]/, SOON);
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
});

test("stuck runs: worst ratio first across models; j, k and Enter move through rows and open one", async ({
  openAs,
  console,
}) => {
  const { owner } = console.database;
  const [fixture, other] = [await seedFixture(owner), await seedFixture(owner)];
  // Sees these two customers only: other tests' stuck runs could fill the first page.
  const page = await openAs(await makePerson(owner, { orgIds: [fixture.orgId, other.orgId] }));
  await owner.query("UPDATE models SET p95_ms = 600000 WHERE id = $1", [other.modelId]);
  const slowest = await makeRun(owner, other, { ageMs: 1_500_000 });
  const [mild, worst] = [
    await makeRun(owner, fixture, { ageMs: 185_000 }),
    await makeRun(owner, fixture, { ageMs: 500_000, status: "queued" }),
  ];
  await visit(page, "/runs/stuck");
  const ids = await table(page)
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")!.split("/").at(-1)));
  expect(ids).toEqual([worst, mild, slowest]);

  await visit(page, byModel(fixture));
  await expect(rows(page)).toHaveCount(2);
  for (const [key, id] of [
    ["j", worst],
    ["j", mild],
    ["k", worst],
  ] as const) {
    await page.keyboard.press(key);
    await expect(row(page, id).getByRole("link")).toBeFocused();
  }
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/runs/${worst}`);
  const main = page.getByRole("main");
  await expect(main).toContainText(/Queued for 8 min \d+ s/);
  await expect(main).toContainText(/8\.\d × p95/);
  await expect(main).toContainText(/This model usually takes .+; 95% of its runs finish within 1 min\./);
});

test("stuck filters: kept in the URL; an unknown name is reported", async ({ page, console }) => {
  // Enough customers that the picker searches, whichever tests ran before.
  await Promise.all(Array.from({ length: 9 }, () => seedFixture(console.database.owner)));
  const fixture = await seedFixture(console.database.owner);
  await makeRun(console.database.owner, fixture, { ageMs: 200_000 });
  const { rows: orgs } = await console.database.owner.query<{ slug: string; name: string }>(
    "SELECT slug, name FROM organizations WHERE id = $1",
    [fixture.orgId],
  );
  await visit(page, "/runs/stuck");
  await page.getByRole("button", { name: "Customer" }).click();
  await page.getByRole("dialog", { name: "Filter by customer" }).getByRole("searchbox").fill(orgs[0]!.name);
  await page.getByRole("radio", { name: orgs[0]!.name }).check();
  await expect(page).toHaveURL(`/runs/stuck?org=${orgs[0]!.slug}`);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText(orgs[0]!.name);
  await visit(page, "/runs/stuck?org=nobody");
  await expect(page.getByRole("main")).toContainText("Unknown customer or model");
  await page.getByRole("link", { name: "Show all stuck runs" }).click();
  await expect(page).toHaveURL("/runs/stuck");
});

test("threshold: set by an admin, effective at once and audited; support sees why they can't", async ({
  page,
  openAs,
  console,
}) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const id = await makeRun(owner, fixture, { ageMs: 200_000 });
  const admin = await openAs(await makePerson(owner, { role: "admin" }));
  await visit(page, byModel(fixture));
  await visit(admin, byModel(fixture));
  await expect(row(admin, id)).toBeVisible();

  const closed = page.getByRole("button", { name: "Stuck threshold…" });
  await expect(closed).toBeDisabled();
  await expect(closed).toHaveAccessibleDescription(/Ask an admin for the permission models\.manage/);
  await closed.click({ force: true });
  await expect(page.getByRole("dialog")).toBeHidden();

  await admin.getByRole("button", { name: "Stuck threshold…" }).click();
  const dialog = admin.getByRole("dialog", { name: "When a run counts as stuck" });
  const factor = dialog.getByRole("textbox", { name: "Multiple of p95" });
  await expect(dialog.getByRole("combobox", { name: "Model" })).toHaveValue(fixture.model);
  await expect(factor).toBeFocused();
  await expect(factor).toHaveValue("2");
  await factor.fill("0.5");
  await factor.press("Enter");
  await expect(dialog.getByRole("alert")).toHaveText(
    "Enter a number from 1 to 100, with at most one decimal.",
  );
  await expectAccessible(admin, "threshold dialog, invalid value");
  await factor.fill("4.5");
  await expect(dialog).toContainText("A run is stuck after 4 min 30 s");
  await factor.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(row(admin, id)).toBeHidden();
  await expect(row(page, id)).toBeHidden(SOON);
  await expect(admin.getByRole("button", { name: "Stuck threshold…" })).toBeFocused();

  await visit(admin, "/audit?action=model.updated");
  await admin.getByRole("row").filter({ hasText: fixture.model }).getByRole("link").click();
  await expect(admin.getByRole("main")).toContainText("changed model");
  await expect(admin.getByRole("main")).toContainText("stuck_factor: 2 → 4.5");
});

test("threshold dialog: stays open with its values after a lost connection or a refusal", async ({
  openAs,
  console,
  fixture,
  faults,
}) => {
  faults.expect(/ERR_FAILED|ERR_INTERNET_DISCONNECTED/, /\/models\/.* 403/);
  const { owner } = console.database;
  const person = await makePerson(owner, { role: "admin" });
  const admin = await openAs(person);
  await visit(admin, byModel(fixture));
  await admin.getByRole("button", { name: "Stuck threshold…" }).click();
  const factor = admin.getByRole("textbox", { name: "Multiple of p95" });
  await factor.fill("3");
  await admin.route("**/v1/admin/models/*", (route) => route.abort(), { times: 1 });
  await factor.press("Enter");
  await expect(admin.getByRole("alert").filter({ hasText: "The connection was lost" })).toBeVisible();
  await owner.query("UPDATE people SET role = 'support' WHERE id = $1", [person.id]);
  await admin.getByRole("button", { name: "Set threshold" }).click();
  await expect(admin.getByRole("alert").filter({ hasText: "does not permit" })).toContainText("Request ID");
  await expect(factor).toHaveValue("3");
});

test("run page: shows the model's density with this run, or says that the figures are published", async ({
  page,
  console,
}) => {
  const { owner } = console.database;
  // A separate model, because other tests' runs succeed.
  const fixture = await seedFixture(owner);
  const id = await makeRun(owner, fixture, { ageMs: 250_000 });
  await visit(page, `/runs/${id}`);
  await expect(page.getByText("Published figures; no successful run in the last 7 days.")).toBeVisible();

  const { rows: known } = await owner.query<{
    model_id: string;
    model: string;
    org_id: string;
    samples: number;
  }>(
    `SELECT r.model_id, r.model, r.org_id, e.samples FROM model_envelopes e JOIN runs r USING (model_id)
     ORDER BY e.samples DESC LIMIT 1`,
  );
  const { model_id, model, org_id, samples } = known[0]!;
  await owner.query("UPDATE model_envelopes SET samples = greatest(samples, 50) WHERE model_id = $1", [
    model_id,
  ]);
  const own = await makeRun(
    owner,
    { ...fixture, modelId: model_id, model, orgId: org_id },
    { ageMs: 900_000 },
  );
  await visit(page, `/runs/${own}`);
  const chart = page.getByRole("img", { name: `runs of ${model} took: 50% up to` });
  await expect(chart).toBeVisible();
  await expect(chart).toHaveAccessibleName(/This run hasn’t ended/);
  await expect(chart).toContainText("This run");
  await expect(
    page.getByText(
      `Based on ${Math.max(50, samples).toLocaleString("en")} successful runs in the last 7 days.`,
    ),
  ).toBeVisible();
  await expectAccessible(page, "a run past its model's p95");
});

test("unverified person: sees neither the page nor the count", async ({ openAs, console }) => {
  const page = await openAs(await makePerson(console.database.owner, { isVerified: false }));
  await visit(page, "/runs/stuck");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your email address is not verified");
  await expect(count(page)).toHaveAccessibleName("Stuck");
});

test("updates: can be paused and resumed", async ({ openAs, console }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const page = await openAs(await makeReader(owner, fixture));
  await visit(page, byModel(fixture));
  // The answer to the earlier request arrives only afterwards.
  const { promise: isPaused, resolve: goOn } = Promise.withResolvers<void>();
  const asked = page.waitForRequest(LIST);
  await page.route(LIST, async (route) => {
    await isPaused;
    await route.continue();
  });
  await asked;
  await page.getByRole("button", { name: "Pause updates" }).click();
  await expect(page.getByText("Paused", { exact: true })).toBeVisible();
  await makeRun(owner, fixture, { ageMs: 500_000 });
  goOn();
  // The count is polled less often than the list, and doesn't pause.
  await expect(count(page)).toContainText("1", SOON);
  await expect(page.getByRole("main")).toContainText("No stuck run matches these filters");
  await page.getByRole("button", { name: "Resume updates" }).click();
  await expect(rows(page)).toHaveCount(1, SOON);
});

test("stuck runs, with and without rows: accessible, and fits a narrow screen", async ({ page, console }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  await visit(page, byModel(fixture));
  await expectAccessible(page, "no stuck run");
  await makeRun(owner, fixture, { ageMs: 500_000 });
  await expect(rows(page)).toHaveCount(1, SOON);
  await expectAccessible(page, "stuck runs");
});
