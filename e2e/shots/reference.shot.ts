import { SIGNED_OUT } from "@/e2e/browser/agent-test";
import { visit } from "@/e2e/browser/visit";
import { startServers } from "@/test/server";
import { photograph } from "./photograph";
import { test } from "./shot-test";

test("reference", async ({ page }) => {
  await visit(page, "/reference");
  await photograph(page);
});

test("reference--search", async ({ page }) => {
  await visit(page, "/reference?q=webhook");
  await photograph(page);
});

test("reference--operation", async ({ page }) => {
  await visit(page, "/reference/cancelRun");
  await photograph(page);
});

test("reference--alternatives", async ({ page }) => {
  await visit(page, "/reference/createKey");
  await photograph(page);
});

test("reference--basics", async ({ page }) => {
  await visit(page, "/reference/basics");
  await photograph(page);
});

test.describe("signed out", () => {
  test.use({ storageState: SIGNED_OUT });

  test("reference--public", async ({ page, console }) => {
    const [server] = await startServers({
      databaseUrl: console.database.appUrl,
      env: { PUBLIC_REFERENCE: "true" },
    });
    try {
      await page.goto(`${server!.baseUrl}/reference/applyProviderEvent`);
      await photograph(page);
    } finally {
      await server!.stop();
    }
  });
});
