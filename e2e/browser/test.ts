import { test as base } from "@playwright/test";
import { seed } from "@/demo/seed";
import type { DemoAccounts } from "@/demo/start/accounts";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { startServers, type TestServerProcess } from "@/test/server";

/** Shared by the tests of one worker; a test that changes a run creates its own. */
export type Console = { server: TestServerProcess; database: TestDatabase; accounts: DemoAccounts };

const RUNS = 400;

/** Runs against the production build with a small seed; `page.goto("/runs")` goes to that server. */
export const test = base.extend<object, { console: Console }>({
  console: [
    // Playwright reads the required fixtures from this pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const database = await cloneDatabase();
      const accounts = await seed({ databaseUrl: database.ownerUrl, runs: RUNS });
      const [server] = (await startServers({
        databaseUrl: database.appUrl,
        env: { TICKET_URL: "https://desk.example/tickets/{ticket}" },
      })) as [TestServerProcess];
      await use({ server, database, accounts });
      await server.stop();
      await database.drop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ console }, use) => use(console.server.baseUrl),
});

export { expect } from "@playwright/test";
