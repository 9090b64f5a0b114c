import type { Page } from "@playwright/test";
import { makePerson, signIn } from "@/lib/testing/credentials";
import { makeRun, makeScene, type Scene } from "@/lib/testing/scene";
import { startServers, type TestServerProcess } from "@/lib/testing/server";
import { expectAccessible } from "./accessible";
import { expect, test as base } from "./agent-test";
import { reportAsProvider } from "./provider-report";
import { openDialog, runPage } from "./run-page";
import { visit } from "./visit";

/** A second web process on the same database: what one does, the other's pages must show. */
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

const STREAM = "**/v1/admin/runs/stream";
/** What polling asks: the list's rows and count, and the run of a run's page. */
const QUESTIONS = /\/v1\/(admin\/runs\?|runs\/[^/]+$)/;

const rows = (page: Page) =>
  page
    .getByRole("table", { name: "Runs" })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });
const state = (page: Page, words: string) =>
  page
    .getByRole("main")
    .getByRole("status")
    .filter({ hasText: new RegExp(`^${words}$`) });
const byModel = ({ model }: Scene) => `/runs?q=${encodeURIComponent(`model:'${model}'`)}`;

/**
 * Opens a page and waits until its stream is open. The poll behind an open stream comes only after half a minute, so what
 * appears before an expectation gives up was brought by the stream.
 */
async function visitStreaming(page: Page, path: string): Promise<void> {
  const opened = page.waitForResponse(STREAM);
  await visit(page, path);
  expect((await opened).status()).toBe(200);
}

test("a row changes in its place by the stream alone, whichever process made the change", async ({
  page,
  openAs,
  console,
  otherServer,
}) => {
  const { database, server } = console;
  const scene = await makeScene(database.owner);
  const [older, newer] = [
    await makeRun(database.owner, scene, { ageMs: 9_000 }),
    await makeRun(database.owner, scene, { ageMs: 3_000 }),
  ];
  const colleague = await openAs(await makePerson(database.owner));
  for (const each of [page, colleague]) {
    await visitStreaming(each, byModel(scene));
    await expect(rows(each)).toHaveCount(2);
  }
  await reportAsProvider(otherServer.baseUrl, older, { status_code: "succeeded", cost: "0.27" });
  for (const each of [page, colleague]) {
    await expect(rows(each).nth(1)).toContainText("Succeeded");
    await expect(rows(each).nth(1)).toContainText("0.27");
    await expect(rows(each).nth(0)).toContainText("Running");
    await expect(rows(each).nth(0).getByRole("link")).toHaveAttribute("href", `/runs/${newer}`);
  }
  await reportAsProvider(server.baseUrl, newer, { status_code: "failed" });
  for (const each of [page, colleague]) await expect(rows(each).nth(0)).toContainText("Failed");
});

test("a page whose stream and questions are both blocked shows no change: nothing else would bring it", async ({
  page,
  console,
  faults,
}) => {
  faults.expect(/ERR_FAILED/);
  const { database, server } = console;
  const scene = await makeScene(database.owner);
  const id = await makeRun(database.owner, scene);
  await page.route(STREAM, (route) => route.abort());
  await visit(page, byModel(scene));
  await page.route(QUESTIONS, (route) => route.abort());
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded" });
  await makeRun(database.owner, scene, { ageMs: 0 });
  const asked = page.waitForRequest(QUESTIONS);
  await asked;
  await expect(state(page, "Reconnecting")).toBeVisible();
  await expect(rows(page)).toContainText(["Running"]);
  await expect(page.getByRole("button", { name: /Show .* new run/ })).toBeHidden();
  await page.unroute(QUESTIONS);
  // Polling alone brings both, and the page says that it is not what it should be.
  await expect(rows(page)).toContainText(["Succeeded"], { timeout: 20_000 });
  await expect(page.getByRole("button", { name: "Show 1 new run" })).toBeVisible({ timeout: 20_000 });
  await expect(state(page, "Reconnecting")).toBeVisible();
  await page.unroute(STREAM);
  await expect(state(page, "Live")).toBeVisible({ timeout: 20_000 });
});

test("a stuck run that ends leaves the list and the count by the stream alone", async ({
  openAs,
  console,
  otherServer,
}) => {
  const { owner } = console.database;
  const scene = await makeScene(owner);
  // Someone who reaches one customer: what other tests do is not in the count.
  const page = await openAs(await makePerson(owner, { orgIds: [scene.orgId] }));
  const [first, second] = [
    await makeRun(owner, scene, { ageMs: 500_000 }),
    await makeRun(owner, scene, { ageMs: 400_000 }),
  ];
  await keepFromTicking(page);
  await visitStreaming(page, "/runs/stuck");
  const links = page.getByRole("table", { name: "Stuck runs" }).getByRole("link");
  const count = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Stuck/ });
  await expect(links).toHaveCount(2);
  await expect(count).toContainText("2");
  await reportAsProvider(otherServer.baseUrl, first, { status_code: "succeeded", cost: "0.27" });
  await expect(links).toHaveCount(1);
  await expect(links).toHaveAttribute("href", `/runs/${second}`);
  await expect(count).toContainText("1");
  // The count follows on pages, too, that have nothing else to follow.
  await visitStreaming(page, "/audit");
  await expect(count).toContainText("1");
  await reportAsProvider(otherServer.baseUrl, second, { status_code: "failed" });
  await expect(count).not.toContainText(/[1-9]/);
});

/** Polls are what ticks; without them, only the stream can bring something. */
const keepFromTicking = (page: Page) =>
  page.addInitScript(() => void Object.assign(window, { setInterval: () => 0 }));

test("without ticks and without a stream a stuck run stays: nothing else would take it away", async ({
  page,
  console,
  faults,
}) => {
  faults.expect(/ERR_FAILED/);
  const { database, server } = console;
  const scene = await makeScene(database.owner);
  const id = await makeRun(database.owner, scene, { ageMs: 500_000 });
  await keepFromTicking(page);
  await page.route(STREAM, (route) => route.abort());
  await visit(page, `/runs/stuck?model=${encodeURIComponent(scene.model)}`);
  await expect(state(page, "Reconnecting")).toBeVisible();
  await page.route("**/v1/admin/runs/stuck?*", (route) => route.abort());
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded" });
  const other = await page.context().newPage();
  await visit(other, `/runs/${id}`);
  await expect(other.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Succeeded");
  await expect(page.getByRole("table", { name: "Stuck runs" }).getByRole("link")).toHaveCount(1);
});

test("new runs are announced by the stream, and are not put under the cursor", async ({
  page,
  console,
  otherServer,
}) => {
  const { owner } = console.database;
  const scene = await makeScene(owner);
  const old = await makeRun(owner, scene, { status: "succeeded", ageMs: 60_000 });
  expect(otherServer.baseUrl).not.toBe(console.server.baseUrl);
  await visitStreaming(page, byModel(scene));
  await makeRun(owner, scene, { ageMs: 0 });
  await expect(page.getByRole("button", { name: "Show 1 new run" })).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).getByRole("link")).toHaveAttribute("href", `/runs/${old}`);
});

test("a question that fails while the stream is open is asked again soon", async ({
  page,
  console,
  faults,
}) => {
  faults.expect(/ERR_FAILED/);
  const { database, server } = console;
  const scene = await makeScene(database.owner);
  const id = await makeRun(database.owner, scene);
  await visitStreaming(page, byModel(scene));
  await page.route(QUESTIONS, (route) => route.abort());
  const lost = page.waitForEvent("requestfailed", (request) => QUESTIONS.test(request.url()));
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded" });
  await lost;
  await expect(state(page, "Reconnecting")).toBeVisible();
  await page.unroute(QUESTIONS);
  await expect(rows(page)).toContainText(["Succeeded"]);
  await expect(state(page, "Live")).toBeVisible();
});

test("a page that is paused holds no stream, and catches up when it is resumed", async ({
  page,
  console,
}) => {
  const { database, server } = console;
  const scene = await makeScene(database.owner);
  const id = await makeRun(database.owner, scene);
  await visitStreaming(page, byModel(scene));
  const ended = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/stream"));
  await page.getByRole("button", { name: "Pause updates" }).click();
  await ended;
  await expect(state(page, "Paused")).toBeVisible();
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded" });
  await page.clock.install();
  await page.clock.runFor(60_000);
  await expect(rows(page)).toContainText(["Running"]);
  await page.clock.resume();
  await page.getByRole("button", { name: "Resume updates" }).click();
  await expect(state(page, "Live")).toBeVisible();
  await expect(rows(page)).toContainText(["Succeeded"]);
});

test("a page that nobody sees holds no stream, and catches up when it is seen", async ({ page, console }) => {
  const { database, server } = console;
  const scene = await makeScene(database.owner);
  const id = await makeRun(database.owner, scene);
  await visitStreaming(page, byModel(scene));
  const ended = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/stream"));
  await setVisibility(page, "hidden");
  await ended;
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded" });
  await expect(rows(page)).toContainText(["Running"]);
  await setVisibility(page, "visible");
  await expect(rows(page)).toContainText(["Succeeded"]);
});

/** A browser that is tested shows all of its tabs; the page is told otherwise in the words a browser uses. */
const setVisibility = (page: Page, value: "hidden" | "visible") =>
  page.evaluate((visibility) => {
    Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, value);

test("a network that is cut and comes back is said, and nothing that happened meanwhile is missed", async ({
  page,
  context,
  console,
  faults,
}) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/);
  const { database, server } = console;
  const scene = await makeScene(database.owner);
  const id = await makeRun(database.owner, scene);
  const opened = page.waitForResponse(STREAM);
  await visit(page, byModel(scene));
  await opened;
  await context.setOffline(true);
  await expect(state(page, "Reconnecting")).toBeVisible();
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded" });
  await expect(rows(page)).toContainText(["Running"]);
  await context.setOffline(false);
  await expect(rows(page)).toContainText(["Succeeded"]);
  await expect(state(page, "Live")).toBeVisible({ timeout: 20_000 });
});

test("a run's page says while it may be behind, and catches up", async ({
  page,
  context,
  console,
  scene,
  faults,
}) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/);
  const { database, server } = console;
  const id = await makeRun(database.owner, scene);
  await visitStreaming(page, `/runs/${id}`);
  const notice = page.getByText("Updates are interrupted. Reconnecting");
  await expect(notice).toBeHidden();
  await context.setOffline(true);
  await expect(notice).toBeVisible();
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded", cost: "0.27" });
  await expectAccessible(page, "a run's page that may be behind");
  await expect(runPage(page).cancel).toBeEnabled();
  await context.setOffline(false);
  await expect(page.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Succeeded");
  await expect(runPage(page).timeline).toContainText("Succeeded");
  await expect(notice).toBeHidden({ timeout: 20_000 });
});

test("pages whose server lost its ear to the database say so, and miss nothing of what happened meanwhile", async ({
  page,
  context,
  console,
  scene,
}) => {
  const { owner } = console.database;
  const own = await makeScene(owner);
  const [inList, onPage] = [await makeRun(owner, own), await makeRun(owner, scene)];
  const other = await context.newPage();
  await visitStreaming(page, byModel(own));
  await visitStreaming(other, `/runs/${onPage}`);
  await owner.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'runflow-console-live' AND datname = current_database()`,
  );
  await expect(state(page, "Reconnecting")).toBeVisible();
  await expect(other.getByText("Updates are interrupted. Reconnecting")).toBeVisible();
  for (const id of [inList, onPage])
    await reportAsProvider(console.server.baseUrl, id, { status_code: "succeeded" });
  await expect(rows(page)).toContainText(["Succeeded"]);
  await expect(other.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Succeeded");
  await expect(state(page, "Live")).toBeVisible({ timeout: 20_000 });
});

test("a run's page and the dialog that is open on it follow the run by the stream alone", async ({
  page,
  openAs,
  console,
  scene,
  agent,
  otherServer,
}) => {
  const { owner } = console.database;
  const id = await makeRun(owner, scene);
  const colleague = await openAs(await makePerson(owner));
  const opened = [page, colleague].map((each) => each.waitForResponse(STREAM));
  const run = await openDialog(page, id);
  await visit(colleague, `/runs/${id}`);
  await Promise.all(opened);
  await expect(run.reason).toBeFocused();

  const other = await makePerson(owner);
  const headers = await signIn(otherServer.baseUrl, other);
  const answer = await fetch(`${otherServer.baseUrl}/v1/admin/runs/${id}/cancellation`, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ reason: "Ticket #4821" }),
  });
  expect(answer.status).toBe(201);
  await expect(run.dialog).toContainText("there is nothing left to cancel");
  await expect(run.dialog).toContainText(other.name);
  expect(other.name).not.toBe(agent.name);
  await expect(colleague.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Cancelled");
  await expect(runPage(colleague).timeline).toContainText(`By ${other.name}`);

  await reportAsProvider(otherServer.baseUrl, id, { status_code: "failed" });
  await expect(runPage(colleague).timeline.getByRole("listitem").last()).toContainText(
    "Provider reported failed",
  );
});
