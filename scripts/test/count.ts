import { glob, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { runProgram } from "./run-program";

export type Count = { passed: number; failed: number };

const REPORTS = path.resolve("test-results");

/** A check that is not made of tests counts as one. */
export const countOne = (isGood: boolean): Count =>
  isGood ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

type VitestReport = { numPassedTests: number; numFailedTests: number };

export async function runVitest(project: string, files: string): Promise<Count> {
  const report = path.join(REPORTS, `${project}.json`);
  await rm(report, { force: true });
  const exitCode = await runProgram("vitest/vitest.mjs", [
    "run",
    "--project",
    project,
    "--passWithNoTests",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const { numPassedTests, numFailedTests } = await readReport<VitestReport>(report, {
    numPassedTests: 0,
    numFailedTests: 0,
  });
  return judge({ passed: numPassedTests, failed: numFailedTests }, exitCode, files);
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number } };

export async function runPlaywright(files: string): Promise<Count> {
  const report = path.join(REPORTS, "browser.json");
  await rm(report, { force: true });
  const exitCode = await runProgram(
    "@playwright/test/cli.js",
    ["test", "--reporter=list,json", "--pass-with-no-tests"],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  );
  const { stats } = await readReport<PlaywrightReport>(report, {
    stats: { expected: 0, unexpected: 0, flaky: 0 },
  });
  if (stats.flaky > 0)
    process.stdout.write(`${stats.flaky} passed only when asked again: see "flaky" above.\n`);
  return judge({ passed: stats.expected + stats.flaky, failed: stats.unexpected }, exitCode, files);
}

/** A run that ends badly has failed even if no test did, and so has one that ran nothing although there are tests. */
async function judge({ passed, failed }: Count, exitCode: number, files: string): Promise<Count> {
  if (failed > 0) return { passed, failed };
  const ranNothing = passed === 0 && (await hasFiles(files));
  if (ranNothing) process.stdout.write("No test ran, although there are some.\n");
  return { passed, failed: exitCode !== 0 || ranNothing ? 1 : 0 };
}

async function readReport<T>(file: string, absent: T): Promise<T> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? absent : (JSON.parse(text) as T);
}

async function hasFiles(pattern: string): Promise<boolean> {
  for await (const _file of glob(pattern, { exclude: ["node_modules/**"] })) return true;
  return false;
}
