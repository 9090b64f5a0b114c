import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
const nowhere = ["**/node_modules/**", ".next/**", "dist/**", "test-results/**", ".data/**", ".tmp/**"];

/** A busy machine is slow; vitest would stop polling after a second. */
const POLL = { poll: { timeout: 20_000 } };

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...nowhere, "**/*.db.test.ts", "**/*.http.test.ts", "**/*.package.test.ts"],
          // A busy machine must not fail a test.
          testTimeout: 30_000,
          expect: POLL,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["**/*.db.test.ts"],
          exclude: nowhere,
          globalSetup: "test/global-setup.ts",
          pool: "forks",
          // Files mostly wait for processes to start, so use every core; vitest would leave one free.
          maxWorkers: availableParallelism(),
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: POLL,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "http",
          include: ["e2e/**/*.http.test.ts"],
          exclude: nowhere,
          globalSetup: "test/global-setup.ts",
          pool: "forks",
          // Each file runs its own servers and mostly waits, so use every core.
          maxWorkers: availableParallelism(),
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: POLL,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "package",
          include: ["e2e/**/*.package.test.ts"],
          exclude: nowhere,
          pool: "forks",
          testTimeout: 240_000,
          hookTimeout: 240_000,
          expect: POLL,
        },
      },
    ],
  },
});
