import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** Pictures instead of proofs: the same browser, server and database as the tests have, and nothing that can fail them. */
export default defineConfig(tests, {
  testDir: "e2e/shots",
  testMatch: "*.shot.ts",
  outputDir: "test-results/shots",
});
