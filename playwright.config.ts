import { defineConfig } from "@playwright/test";
import { BROWSER_FLAGS, findBrowser } from "./test/browser";

const { executablePath, env } = await findBrowser();

export default defineConfig({
  testDir: "e2e/browser",
  outputDir: "test-results/browser",
  globalSetup: "./test/global-setup.ts",
  forbidOnly: true,
  // Each worker has its own server and database, and there may be only two cores.
  workers: 2,
  // Each expectation has its own timeout; a long test on a busy machine is fine.
  timeout: 180_000,
  // Decision 008: a test that passes only on retry is reported as flaky, without blocking anyone.
  retries: 1,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    launchOptions: { executablePath, env: { ...definedVariables(), ...env }, args: BROWSER_FLAGS },
    locale: "en-US",
    timezoneId: "UTC",
    // Screenshots of every step would take longer than the steps themselves.
    trace: { mode: "retain-on-failure", snapshots: false, screenshots: false },
  },
});

function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
