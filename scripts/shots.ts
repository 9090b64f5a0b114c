import { mkdir } from "node:fs/promises";
import path from "node:path";
import { FOLDER, writeContactSheet } from "@/e2e/shots/contact-sheet";
import { runCommand } from "@/lib/platform/run-command";
import { ensureBuild } from "@/lib/platform/server/ensure-build";
import { endProgram, runProgram, TEST_BUILD } from "./test/run-program";

const say = (line: string) => void process.stdout.write(`${line}\n`);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => endProgram(signal));

/** Takes screenshots of every page in every state, or of those whose names contain one of the arguments. */
await runCommand(async () => {
  await mkdir("test-results", { recursive: true });
  await ensureBuild({
    distDir: TEST_BUILD,
    logFile: path.resolve("test-results/build.log"),
    onBuild: () => say("Building for production …"),
  });
  const wanted = process.argv.slice(2).join("|");
  process.exitCode = await runProgram("@playwright/test/cli.js", [
    "test",
    "--config=playwright.shots.config.ts",
    ...(wanted ? ["--grep", wanted] : []),
  ]);
  const states = await writeContactSheet();
  say(`${states} states side by side: ${path.join(FOLDER, "index.html")}`);
});
