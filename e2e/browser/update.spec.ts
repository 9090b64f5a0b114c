import { rm } from "node:fs/promises";
import { testSettings, startServers, type TestServerProcess } from "@/test/server";
import { makeRun } from "@/test/fixture";
import { makeOtherBuild } from "@/test/other-build";
import { expect, test as base } from "./agent-test";
import { openDialog, runPage } from "./run-page";
import { visit } from "./visit";

const DIST = process.env["NEXT_DIST_DIR"]!;
const NEW_VERSION = "A new version of the console is available";

/** A separate server, which `update` replaces by another build at the same address. */
type Update = { server: TestServerProcess; update(): Promise<void> };
const test = base.extend<Update, { otherBuild: string }>({
  otherBuild: [
    // Playwright reads the required fixtures from this pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = await makeOtherBuild(DIST);
      await use(folder);
      await rm(folder, { recursive: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],
  server: async ({ console }, use) => {
    const [server] = await startServers({ databaseUrl: console.database.appUrl });
    await use(server!);
    await server!.stop();
  },
  update: async ({ console, server, otherBuild }, use) => {
    const { appUrl } = console.database;
    const { port } = new URL(server.baseUrl);
    const env = { PORT: port, NEXTAUTH_URL: testSettings(appUrl, Number(port))["NEXTAUTH_URL"]! };
    let next: TestServerProcess | undefined;
    await use(async () => {
      await server.stop();
      [next] = await startServers({ databaseUrl: appUrl, env: { ...env, NEXT_DIST_DIR: otherBuild } });
    });
    await next?.stop();
  },
  baseURL: async ({ server }, use) => use(server.baseUrl),
});

test.beforeEach(({ faults }) => {
  // Polls while the server is replaced, and the former version's assets.
  faults.expect(/status of 404/, /ERR_CONNECTION_REFUSED/, /Refused to execute script .*_next.static/);
});

test("open dialog during an update: its cancel works, once, with the typed reason", async ({
  page,
  console,
  fixture,
  agent,
  update,
}) => {
  const { owner } = console.database;
  const id = await makeRun(owner, fixture);
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821: during an update");
  await update();
  await run.confirm.click();
  // In this page or, once Next has loaded the new version's, in that one.
  await expect(page.getByText(/^Canceled (\d+ s ago )?by you/)).toBeVisible();
  await expect(runPage(page).title(id)).toBeVisible();
  const { rows } = await owner.query(
    "SELECT actor_name, meta ->> 'reason' AS reason FROM audit_entries WHERE target_id = $1",
    [id],
  );
  expect(rows).toEqual([{ actor_name: agent.name, reason: "Ticket #4821: during an update" }]);
});

test("open list during an update: follows its runs, announces the new version, and leads to the new version's pages", async ({
  page,
  console,
  fixture,
  update,
}) => {
  const { owner } = console.database;
  const id = await makeRun(owner, fixture);
  await visit(page, `/runs?q=${encodeURIComponent(`id:${id}`)}`);
  const row = page.getByRole("row").filter({ has: page.locator(`a[href="/runs/${id}"]`) });
  await expect(row).toContainText("Running");
  await page.waitForResponse(/\/v1\/admin\/runs\?/);
  const former = await page.evaluate(() => [...document.scripts].map(({ src }) => src).filter(Boolean));
  await update();
  await owner.query(
    "UPDATE runs SET status_code = 'failed', completed_at = now(), duration_ms = 1 WHERE id = $1",
    [id],
  );
  await expect(row).toContainText("Failed");
  await expect(page.getByText(NEW_VERSION)).toBeVisible();

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Audit trail" })).toBeVisible();
  const current = await page.evaluate(() => [...document.scripts].map(({ src }) => src).filter(Boolean));
  expect(current.filter((src) => former.includes(src))).toEqual([]);
  await expect(page.getByText(NEW_VERSION)).toBeHidden();
});

test("page opened just before an update: announces the new version instead of standing still", async ({
  page,
  console,
  fixture,
  update,
}) => {
  await visit(page, `/runs?q=${encodeURIComponent(`id:${await makeRun(console.database.owner, fixture)}`)}`);
  await update();
  const notice = page.getByRole("status").filter({ hasText: NEW_VERSION });
  await expect(notice).toBeVisible();
  await notice.getByRole("button", { name: "Reload" }).click();
  await expect(notice).toBeHidden();
  await expect(page.getByRole("row").filter({ hasText: "Running" })).toBeVisible();
});
