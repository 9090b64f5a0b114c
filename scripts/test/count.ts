import { glob, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { runProgram } from "./run-program";

/** The passed and failed tests of a stage; `failures` has file and test names, or the stage's own name. */
export type Count = { passed: number; failed: number; failures: string[] };

const REPORTS = path.resolve("test-results");

/** Counts a check without tests as one. */
export const countOne = (isGood: boolean): Count =>
  isGood ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [] };

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[];
};

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
  const { numPassedTests, numFailedTests, testResults } = await readReport<VitestReport>(report, {
    numPassedTests: 0,
    numFailedTests: 0,
    testResults: [],
  });
  const failures = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName }) => `${path.relative(".", name)} › ${fullName.trim()}`),
  );
  return judge({ passed: numPassedTests, failed: numFailedTests, failures }, exitCode, files);
}

type PlaywrightSuite = {
  specs?: { title: string; file: string; line: number; tests: { status: string }[] }[];
  suites?: PlaywrightSuite[];
};
type PlaywrightReport = PlaywrightSuite & { stats: { expected: number; unexpected: number; flaky: number } };

/** The tests with this status, each with its file and line. */
const endedAs = (status: string, { specs = [], suites = [] }: PlaywrightSuite): string[] => [
  ...specs
    .filter(({ tests }) => tests.some((test) => test.status === status))
    .map(({ title, file, line }) => `e2e/browser/${file}:${line} › ${title}`),
  ...suites.flatMap((suite) => endedAs(status, suite)),
];

export async function runPlaywright(files: string): Promise<Count> {
  const report = path.join(REPORTS, "browser.json");
  await rm(report, { force: true });
  const exitCode = await runProgram(
    "@playwright/test/cli.js",
    ["test", "--reporter=list,json", "--pass-with-no-tests"],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  );
  const { stats, ...suite } = await readReport<PlaywrightReport>(report, {
    stats: { expected: 0, unexpected: 0, flaky: 0 },
  });
  for (const name of endedAs("flaky", suite)) process.stdout.write(`Passed only on retry: ${name}\n`);
  const count = {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    failures: endedAs("unexpected", suite),
  };
  return judge(count, exitCode, files);
}

/** A stage fails if its program exits with an error, or if it has test files but ran no test. */
async function judge(count: Count, exitCode: number, files: string): Promise<Count> {
  const { passed, failed } = count;
  if (failed > 0) return count;
  const ranNothing = passed === 0 && (await hasFiles(files));
  if (ranNothing) process.stdout.write("No test ran, although test files exist.\n");
  return { ...count, failed: exitCode !== 0 || ranNothing ? 1 : 0 };
}

async function readReport<T>(file: string, absent: T): Promise<T> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? absent : (JSON.parse(text) as T);
}

async function hasFiles(pattern: string): Promise<boolean> {
  for await (const _file of glob(pattern, { exclude: ["node_modules/**"] })) return true;
  return false;
}
