import { rm } from "node:fs/promises";
import path from "node:path";
import { ensureBuild } from "@/lib/platform/server/ensure-build";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { checkPageWeights } from "./check-page-weights";
import { type Count, countOne, runPlaywright, runVitest } from "./count";
import { runProgram, TEST_BUILD } from "./run-program";

const check = async (...steps: (() => Promise<number>)[]): Promise<Count> => {
  for (const step of steps) if ((await step()) !== 0) return countOne(false);
  return countOne(true);
};

/** Fastest to fail first. Each can run alone. */
export const STAGES: Record<string, () => Promise<Count>> = {
  format: () => check(() => runProgram("prettier/bin/prettier.cjs", ["--check", "--log-level", "warn", "."])),
  lint: () => check(() => runProgram("oxlint/bin/oxlint", [])),
  types: () =>
    check(
      () => runProgram("next/dist/bin/next", ["typegen"]),
      () => runProgram("typescript/bin/tsc", ["--noEmit", "--project", "tsconfig.test.json"]),
    ),
  unit: () => runVitest("unit", "**/*.test.{ts,tsx}"),
  integration: () => runVitest("integration", "**/*.db.test.ts"),
  build: async () => {
    await rm(path.join(TEST_BUILD, "sources.sha256"), { force: true });
    return countOne((await build()) && (await checkPageWeights(TEST_BUILD)));
  },
  http: async () => ((await build()) ? runVitest("http", "e2e/**/*.http.test.ts") : countOne(false)),
  package: async () => ((await build()) ? runVitest("package", "e2e/**/*.package.test.ts") : countOne(false)),
  browser: async () => ((await build()) ? runPlaywright("e2e/browser/**/*.spec.ts") : countOne(false)),
};

async function build(): Promise<boolean> {
  try {
    const onBuild = () => void process.stdout.write("Building for production …\n");
    await ensureBuild({ distDir: TEST_BUILD, logFile: path.resolve("test-results/build.log"), onBuild });
    return true;
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    process.stdout.write(`${error.message}\n`);
    return false;
  }
}
