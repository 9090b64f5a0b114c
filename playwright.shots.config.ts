import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/**
 * Screenshots instead of assertions: the tests' browser, server and database, without anything that can fail.
 */
export default defineConfig(tests, {
  testDir: "e2e/shots",
  testMatch: "*.shot.ts",
  outputDir: "test-results/shots",
});
