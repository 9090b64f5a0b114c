import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
const nowhere = ["**/node_modules/**", ".next/**", ".data/**", ".tmp/**"];

/** What a test waits for comes late on a busy machine; vitest would give up after a second. */
const POLL = { poll: { timeout: 20_000 } };

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [...nowhere, "**/*.db.test.ts", "**/*.http.test.ts"],
          // A busy machine is no fault of the code's.
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
          // Files mostly wait for their processes to start, so every core takes one; vitest would leave one core free.
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
          // Each file runs servers of its own and mostly waits for one core; every core takes a file.
          maxWorkers: availableParallelism(),
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: POLL,
        },
      },
    ],
  },
});
