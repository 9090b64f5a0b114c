import { rm } from "node:fs/promises";
import path from "node:path";
import { ensureBuild } from "@/lib/server/ensure-build";
import { SetupProblem } from "@/lib/setup-problem";
import { type Count, countOne, runPlaywright, runVitest } from "./count";
import { MOST_KB, weighPages } from "./page-weights";
import { runProgram, TEST_BUILD } from "./run-program";

const check = async (...steps: (() => Promise<number>)[]): Promise<Count> => {
  for (const step of steps) if ((await step()) !== 0) return countOne(false);
  return countOne(true);
};

/** In order: what fails fastest comes first. Each stands on its own, and can be run alone. */
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
    return countOne((await build()) && (await checkWeights()));
  },
  http: async () => ((await build()) ? runVitest("http", "e2e/**/*.http.test.ts") : countOne(false)),
  browser: async () => ((await build()) ? runPlaywright("e2e/browser/**/*.spec.ts") : countOne(false)),
};

/** Prints what each page's first visit loads, and says which pages load too much. */
async function checkWeights(): Promise<boolean> {
  const weights = await weighPages(TEST_BUILD);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  say("First-load JavaScript, compressed:");
  for (const { page, kilobytes } of weights) say(`${kilobytes.toFixed(1).padStart(7)} kB  ${page}`);
  const heavy = weights.filter(({ kilobytes }) => kilobytes > MOST_KB).map(({ page }) => page);
  if (heavy.length > 0)
    say(`More than ${MOST_KB} kB: ${heavy.join(", ")}. Load what is not seen at first later.`);
  return weights.length > 0 && heavy.length === 0;
}

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
