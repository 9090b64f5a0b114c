import type { Page } from "@playwright/test";
import type { Pool } from "pg";
import { makePerson, signIn } from "@/test/credentials";
import { makeRun, seedFixture, type Fixture } from "@/test/fixture";
import { startServers, type TestServerProcess } from "@/test/server";
import { expectAccessible } from "./accessible";
import { expect, test as base } from "./agent-test";
import { reportAsProvider } from "./provider-report";
import { openDialog, runPage } from "./run-page";
import { visit } from "./visit";

/** A second web process on the same database: pages of one must show changes made by the other. */
const test = base.extend<object, { otherServer: TestServerProcess }>({
  otherServer: [
    async ({ console }, use) => {
      const [server] = await startServers({ databaseUrl: console.database.appUrl });
      await use(server!);
      await server!.stop();
    },
    { scope: "worker" },
  ],
});

/** What a list polls: its rows and the count of new runs. */
const LIST = /\/v1\/admin\/runs\?/;
/** What any page polls: that, a run page's run, and the stuck runs and their count. */
const POLLS = /\/v1\/(admin\/runs[?/]|runs\/[^/]+$)/;
/** How soon a visible page must show a change. */
const LIVE = { timeout: 2_500 };

const rows = (page: Page) =>
  page
    .getByRole("table", { name: "Runs" })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });
const status = (page: Page) => page.getByRole("main").getByRole("status", { name: "Status" });
const state = (page: Page, words: string) =>
  page
    .getByRole("main")
    .getByRole("status")
    .filter({ hasText: new RegExp(`^${words}$`) });
const byModel = ({ model }: Fixture) => `/runs?q=${encodeURIComponent(`model:'${model}'`)}`;

/** The URLs that a page requests from now on, in order. */
function watchRequests(page: Page, pattern: RegExp): string[] {
  const asked: string[] = [];
  page.on("request", (request) => void (pattern.test(request.url()) && asked.push(request.url())));
  return asked;
}

/**
 * Another person cancels a run through the other server process.
 * @returns their name
 */
async function cancelElsewhere({ baseUrl }: TestServerProcess, owner: Pool, id: string): Promise<string> {
  const person = await makePerson(owner);
  const headers = await signIn(baseUrl, person);
  const answer = await fetch(`${baseUrl}/v1/admin/runs/${id}/cancellation`, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ reason: "Ticket #4821" }),
  });
  expect(answer.status).toBe(201);
  return person.name;
}

test("two browsers, one cancels: the other's row and run page change within 2.5 s", async ({
  page,
  openAs,
  console,
  otherServer,
}) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const id = await makeRun(owner, fixture);
  const list = await openAs(await makePerson(owner));
  const runTab = await list.context().newPage();
  const run = await openDialog(page, id);
  await visit(list, otherServer.baseUrl + byModel(fixture));
  await visit(runTab, `${otherServer.baseUrl}/runs/${id}`);
  await expect(rows(list)).toContainText(["Running"]);
  await expect(status(runTab)).toHaveText("Running");
  await run.reason.fill("Ticket #4821");
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  await Promise.all([
    expect(rows(list)).toContainText(["Canceled"], LIVE),
    expect(status(runTab)).toHaveText("Canceled", LIVE),
  ]);
});

/** Ten pages share two cores; how soon one page changes is the test above. */
const ALL_TEN = { timeout: 90_000 };

test("ten visible windows of one browser over plain HTTP: each shows the change", async ({
  page,
  console,
  otherServer,
}) => {
  test.slow();
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const id = await makeRun(owner, fixture);
  const others = await Promise.all(Array.from({ length: 9 }, () => page.context().newPage()));
  const [lists, runTabs] = [[page, ...others.slice(0, 4)], others.slice(4)];
  await Promise.all([
    ...lists.map((each) => each.goto(byModel(fixture))),
    ...runTabs.map((each) => each.goto(`/runs/${id}`)),
  ]);
  await Promise.all(lists.map((each) => expect(state(each, "Live")).toBeVisible(ALL_TEN)));
  await cancelElsewhere(otherServer, owner, id);
  await Promise.all([
    ...lists.map((each) => expect(rows(each)).toContainText(["Canceled"], ALL_TEN)),
    ...runTabs.map((each) => expect(status(each)).toHaveText("Canceled", ALL_TEN)),
  ]);
  await Promise.all(lists.map((each) => expect(state(each, "Live")).toBeVisible(ALL_TEN)));
});

test("failing requests: reported on the page, no change shown, caught up later", async ({
  page,
  console,
  faults,
}) => {
  faults.expect(/ERR_FAILED/);
  const { database, server } = console;
  const fixture = await seedFixture(database.owner);
  const id = await makeRun(database.owner, fixture);
  await visit(page, byModel(fixture));
  await page.route(POLLS, (route) => route.abort());
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded" });
  await makeRun(database.owner, fixture, { ageMs: 0 });
  await expect(state(page, "Reconnecting")).toBeVisible();
  await expect(rows(page)).toContainText(["Running"]);
  await expect(page.getByRole("button", { name: /Show .* new run/ })).toBeHidden();
  await page.unroute(POLLS);
  await expect(rows(page)).toContainText(["Succeeded"]);
  await expect(page.getByRole("button", { name: "Show 1 new run" })).toBeVisible();
  await expect(state(page, "Live")).toBeVisible();
});

test("stuck run ends: it leaves the list and the count, on every page", async ({
  openAs,
  console,
  otherServer,
}) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  // A person with one customer, so that other tests don't affect the count.
  const page = await openAs(await makePerson(owner, { orgIds: [fixture.orgId] }));
  const [first, second] = [
    await makeRun(owner, fixture, { ageMs: 500_000 }),
    await makeRun(owner, fixture, { ageMs: 400_000 }),
  ];
  await visit(page, "/runs/stuck");
  const links = page.getByRole("table", { name: "Stuck runs" }).getByRole("link");
  const count = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Stuck/ });
  await expect(links).toHaveCount(2);
  await expect(count).toContainText("2");
  await reportAsProvider(otherServer.baseUrl, first, { status_code: "succeeded", cost: "0.27" });
  await expect(links).toHaveCount(1);
  await expect(links).toHaveAttribute("href", `/runs/${second}`);
  await expect(count).toContainText("1");
  await visit(page, "/audit");
  await expect(count).toContainText("1");
  await reportAsProvider(otherServer.baseUrl, second, { status_code: "failed" });
  await expect(count).not.toContainText(/[1-9]/);
});

test("hidden page: sends no requests, then one when shown again", async ({ page, console }) => {
  const { database, server } = console;
  const fixture = await seedFixture(database.owner);
  const id = await makeRun(database.owner, fixture);
  await page.clock.install();
  await visit(page, byModel(fixture));
  await page.waitForResponse(LIST);
  await setVisibility(page, "hidden");
  await page.waitForLoadState("networkidle");
  await page.clock.pauseAt(Date.now() + 60_000);
  const asked = watchRequests(page, POLLS);
  await page.clock.runFor(60_000);
  expect(asked).toEqual([]);

  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded" });
  const answered = page.waitForResponse((answer) => answer.url().includes(id));
  await setVisibility(page, "visible");
  await answered;
  // Freeze the page's clock, or it would poll before the requests are counted.
  await expect(async () => {
    await page.clock.runFor(10);
    await expect(rows(page)).toContainText(["Succeeded"], { timeout: 100 });
  }).toPass();
  const isOf = (words: string) => asked.filter((url) => decodeURIComponent(url).includes(words)).length;
  expect([isOf(`id:'${id}'`), isOf("created_at>="), isOf("/stuck/count"), asked.length]).toEqual([
    1, 1, 1, 3,
  ]);
});

/** Playwright keeps every tab visible, so override the browser's visibility API. */
const setVisibility = (page: Page, value: "hidden" | "visible") =>
  page.evaluate((visibility) => {
    Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, value);

test("session ends: reported on the page, polling stops", async ({ openAs, console, faults }) => {
  faults.expect(/401/);
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  await makeRun(owner, fixture);
  const person = await makePerson(owner);
  const page = await openAs(person);
  await page.clock.install();
  await visit(page, byModel(fixture));
  await owner.query("UPDATE people SET disabled_at = now() WHERE id = $1", [person.id]);
  await expect(state(page, "Stopped")).toBeVisible();
  await page.clock.runFor(5_000);
  await page.waitForLoadState("networkidle");
  const asked = watchRequests(page, POLLS);
  await page.clock.runFor(60_000);
  expect(asked).toEqual([]);
});

test("network outage: reported on the list, nothing missed afterwards", async ({
  page,
  context,
  console,
  faults,
}) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/);
  const { database, server } = console;
  const fixture = await seedFixture(database.owner);
  const id = await makeRun(database.owner, fixture);
  await visit(page, byModel(fixture));
  await context.setOffline(true);
  await expect(state(page, "Reconnecting")).toBeVisible();
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded" });
  await expect(rows(page)).toContainText(["Running"]);
  await context.setOffline(false);
  await expect(rows(page)).toContainText(["Succeeded"]);
  await expect(state(page, "Live")).toBeVisible();
});

test("network outage: a run's page warns that updates are interrupted, then catches up", async ({
  page,
  context,
  console,
  fixture,
  faults,
}) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/);
  const { database, server } = console;
  const id = await makeRun(database.owner, fixture);
  await visit(page, `/runs/${id}`);
  const notice = page.getByText("Updates are interrupted. Reconnecting");
  await expect(notice).toBeHidden();
  await context.setOffline(true);
  await expect(notice).toBeVisible();
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded", cost: "0.27" });
  await expectAccessible(page, "a run's page with interrupted updates");
  await expect(runPage(page).cancel).toBeEnabled();
  await context.setOffline(false);
  await expect(status(page)).toHaveText("Succeeded");
  await expect(runPage(page).timeline).toContainText("Succeeded");
  await expect(notice).toBeHidden();
});

test("run page with an open dialog: both follow the run", async ({
  page,
  openAs,
  console,
  fixture,
  agent,
  otherServer,
}) => {
  const { owner } = console.database;
  const id = await makeRun(owner, fixture);
  const colleague = await openAs(await makePerson(owner));
  const run = await openDialog(page, id);
  await visit(colleague, `/runs/${id}`);
  await expect(run.reason).toBeFocused();
  const name = await cancelElsewhere(otherServer, owner, id);
  await expect(run.dialog).toContainText("there is nothing left to cancel");
  await expect(run.dialog).toContainText(name);
  expect(name).not.toBe(agent.name);
  await expect(status(colleague)).toHaveText("Canceled");
  await expect(runPage(colleague).timeline).toContainText(`By ${name}`);

  await reportAsProvider(otherServer.baseUrl, id, { status_code: "failed" });
  await expect(runPage(colleague).timeline.getByRole("listitem").last()).toContainText(
    "Provider reported “failed”",
  );
});
