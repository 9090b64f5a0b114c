import type { Page } from "@playwright/test";
import { makePerson } from "@/test/credentials";
import { makeRun, seedFixture, type Fixture } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { reportAsProvider } from "./provider-report";
import { runPage } from "./run-page";
import { visit } from "./visit";

const table = (page: Page) => page.getByRole("table", { name: "Runs" });
const rows = (page: Page) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });
const idsOn = (page: Page): Promise<(string | undefined)[]> =>
  table(page)
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")?.split("/").at(-1)));
const byModel = ({ model }: Fixture) => `/runs?q=${encodeURIComponent(`model:'${model}'`)}`;

test("first load: a screenful of rows from the server, then all of them; Back returns to the last one", async ({
  page,
}) => {
  const html = await (await page.request.get("/runs")).text();
  expect(html.match(/<tr role="row" data-id=/g)).toHaveLength(24);
  await visit(page, "/runs");
  await expect(rows(page)).toHaveCount(50);
  const last = table(page).getByRole("link").last();
  const href = (await last.getAttribute("href"))!;
  await last.click();
  await expect(page).toHaveURL(href);
  await page.goBack();
  await expect(table(page).locator(`a[href="${href}"]`)).toBeFocused();
});

test("chips and expression: kept in the URL, so a colleague sees the same list", async ({
  page,
  openAs,
  console,
}) => {
  const { owner } = console.database;
  await visit(page, "/runs");
  await expect(rows(page)).toHaveCount(50);
  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Status" }).click();
  const menu = page.getByRole("dialog", { name: "Filter by status" });
  await menu.getByRole("checkbox", { name: "Succeeded", exact: true }).check();
  await menu.getByRole("checkbox", { name: "Failed" }).check();
  await expect(page).toHaveURL("/runs?status=succeeded%2Cfailed");
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();

  const expression = page.getByRole("combobox", { name: "Filter expression" });
  await expression.fill("cost>0.1 AND source_code:api");
  await expression.press("Enter");
  await expect(page).toHaveURL("/runs?status=succeeded%2Cfailed&q=cost%3E0.1+AND+source_code%3Aapi");
  await expect(table(page).getByText("Succeeded").first()).toBeVisible();
  await expect(table(page).getByText(/Running|Queued|Canceled|Partly/)).toHaveCount(0);
  const shown = await idsOn(page);
  expect(shown.length).toBeGreaterThan(5);

  const colleague = await openAs(await makePerson(owner, { role: "auditor" }));
  await visit(colleague, page.url());
  await expect(rows(colleague)).toHaveCount(shown.length);
  expect(await idsOn(colleague)).toEqual(shown);
  await expect(colleague.getByRole("combobox", { name: "Filter expression" })).toHaveValue(
    "cost>0.1 AND source_code:api",
  );
  await expect(colleague.getByRole("button", { name: "Status Succeeded, Failed" })).toBeVisible();

  await page.getByRole("button", { name: "Remove the filter status" }).click();
  await expect(page).toHaveURL("/runs?q=cost%3E0.1+AND+source_code%3Aapi");
  // The button is gone, and the focus stays next to it.
  const status = page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Status" });
  await expect(status).toBeFocused();
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(status).toBeFocused();
  await expect(page).toHaveURL("/runs");
  await expect(expression).toHaveValue("");
});

test("invalid expression: explained at its position", async ({ page }) => {
  await visit(page, "/runs");
  const expression = page.getByRole("combobox", { name: "Filter expression" });
  await expression.fill("status_code:running AND AND");
  await expression.press("Enter");
  await expect(page.getByRole("main")).toContainText("Missing comparison before “AND”");
  // The last good rows stay, dimmed.
  await expect(table(page)).toBeVisible();
  await expect(expression).toHaveAttribute("aria-invalid", "true");
  await expect(expression).toHaveAccessibleDescription(/25/);
  await expect(expression).toHaveValue("status_code:running AND AND");
  await expression.fill("status_code:succeeded");
  await expression.press("Enter");
  await expect(table(page)).toBeVisible();
  await expect(expression).not.toHaveAttribute("aria-invalid");
});

test("pages forward, back and to the first: no run twice", async ({ page }) => {
  await visit(page, "/runs");
  const pages = page.getByRole("navigation", { name: "Pages of runs" });
  const [first, previous, next] = ["First", "Previous", "Next"].map((name) =>
    pages.getByRole("link", { name }),
  ) as [ReturnType<Page["getByRole"]>, ReturnType<Page["getByRole"]>, ReturnType<Page["getByRole"]>];
  await expect(rows(page)).toHaveCount(50);
  await expect(first).toBeDisabled();
  await expect(previous).toBeDisabled();
  const shown = [await idsOn(page)];
  for (let turn = 1; turn <= 2; turn++) {
    await next.click();
    const before = shown.at(-1)![0]!;
    await expect(table(page).locator(`a[href$="${before}"]`)).toHaveCount(0);
    await expect(rows(page)).toHaveCount(50);
    shown.push(await idsOn(page));
  }
  expect(new Set(shown.flat()).size).toBe(150);
  await previous.click();
  await expect.poll(() => idsOn(page)).toEqual(shown[1]);
  await page.reload();
  await expect.poll(() => idsOn(page)).toEqual(shown[1]);
  await first.click();
  await expect.poll(() => idsOn(page)).toEqual(shown[0]);
});

test("new runs: announced, and shown on request", async ({ page, console }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const old = await makeRun(owner, fixture, { status: "succeeded", ageMs: 60_000 });
  await visit(page, byModel(fixture));
  await expect(rows(page)).toHaveCount(1);
  const fresh = [await makeRun(owner, fixture, { ageMs: 5 }), await makeRun(owner, fixture, { ageMs: 0 })];
  const show = page.getByRole("button", { name: "Show 2 new runs" });
  await expect(show).toBeVisible();
  // Announcements are throttled: whether this one includes the second run depends on timing.
  await expect(
    page
      .getByRole("main")
      .getByRole("status")
      .filter({ hasText: /[12] new runs?/ }),
  ).toHaveCount(1);
  expect(await idsOn(page)).toEqual([old]);
  await show.click();
  await expect.poll(() => idsOn(page)).toEqual([...fresh.reverse(), old]);
  await expect(show).toBeHidden();
});

test("run ends: its row changes in place, but not while updates are paused", async ({ page, console }) => {
  const { database, server } = console;
  const fixture = await seedFixture(database.owner);
  const ids = [
    await makeRun(database.owner, fixture, { ageMs: 9_000 }),
    await makeRun(database.owner, fixture, { ageMs: 6_000 }),
    await makeRun(database.owner, fixture, { ageMs: 3_000 }),
  ].reverse();
  await visit(page, byModel(fixture));
  await expect(rows(page)).toHaveCount(3);
  await reportAsProvider(server.baseUrl, ids[1]!, { status_code: "succeeded", cost: "0.27" });
  await expect(rows(page).nth(1)).toContainText("Succeeded");
  await expect(rows(page).nth(1)).toContainText("0.27");
  expect(await idsOn(page)).toEqual(ids);

  let asked = 0;
  // The count of stuck runs in the navigation isn't part of the list, and keeps updating.
  const isList = (url: string) => url.includes("/v1/admin/runs") && !url.includes("/runs/stuck/");
  page.on("request", (request) => void (isList(request.url()) && asked++));
  await page.getByRole("button", { name: "Pause updates" }).click();
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: "Paused" })).toBeVisible();
  await reportAsProvider(server.baseUrl, ids[0]!, { status_code: "failed" });
  await page.clock.install();
  asked = 0;
  await page.clock.runFor(30_000);
  expect(asked).toBe(0);
  await expect(rows(page).nth(0)).toContainText("Running");
  await page.clock.resume();
  await page.getByRole("button", { name: "Resume updates" }).click();
  await expect(rows(page).nth(0)).toContainText("Failed");
  expect(await idsOn(page)).toEqual(ids);
});

test("search box: finds runs by id, request, client ref, customer and creator's email", async ({
  page,
  console,
}) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const id = await makeRun(owner, fixture);
  const requestId = "req_01jv7c7k6m9qv2n5h8b3x4d0ta";
  await owner.query("UPDATE runs SET request_id = $1, client_ref = 'Order 10/7' WHERE id = $2", [
    requestId,
    id,
  ]);
  const { rows: orgs } = await owner.query<{ name: string }>("SELECT name FROM organizations WHERE id = $1", [
    fixture.orgId,
  ]);
  await visit(page, "/audit");
  const box = page.getByRole("searchbox", { name: "Look up a run" });
  const { rows: creators } = await owner.query<{ email: string }>(
    "SELECT email FROM people WHERE id = (SELECT created_by FROM runs WHERE id = $1)",
    [id],
  );
  for (const text of [
    requestId,
    "Order 10/7",
    orgs[0]!.name,
    `Kim <${creators[0]!.email}>`,
    `status_code:running AND id:'${id}'`,
  ]) {
    await box.fill(text);
    await box.press("Enter");
    await expect.poll(() => idsOn(page), text).toEqual([id]);
    await expect(box).toHaveValue("");
    // A customer is named, not shown by ID.
    const chip = page.getByRole("button", { name: `Customer ${orgs[0]!.name}` });
    await expect(chip).toHaveCount(text === orgs[0]!.name ? 1 : 0);
    await page.goBack();
  }
  await box.fill(id.toUpperCase());
  await box.press("Enter");
  await expect(runPage(page).title(id)).toBeVisible();
  await box.fill(`${id.slice(0, -1)}${id.endsWith("0") ? "1" : "0"}`);
  await box.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Run not found");
});
