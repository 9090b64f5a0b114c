import { defineConfig } from "@playwright/test";
import { BROWSER_FLAGS, findBrowser } from "./test/browser";

const { executablePath, env } = await findBrowser();

export default defineConfig({
  testDir: "e2e/browser",
  outputDir: "test-results/browser",
  globalSetup: "./test/global-setup.ts",
  forbidOnly: true,
  // Each worker has a server and a database of its own, and two cores are all that may be there.
  workers: 2,
  // Each expectation has a limit of its own; a long test on a busy machine is no fault.
  timeout: 180_000,
  // Decision 008: what passes only when it is asked again is named, and is to be mended, but keeps nobody from working.
  retries: 1,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    launchOptions: { executablePath, env: { ...definedVariables(), ...env }, args: BROWSER_FLAGS },
    locale: "en-US",
    timezoneId: "UTC",
    // A picture of the page at every step would take longer than the steps themselves.
    trace: { mode: "retain-on-failure", snapshots: false, screenshots: false },
  },
});

function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
