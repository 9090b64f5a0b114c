import { mkdir } from "node:fs/promises";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";
import type { Count } from "./test/count";
import { endProgram } from "./test/run-program";
import { STAGES } from "./test/stages";

const say = (line: string) => void process.stdout.write(`${line}\n`);

let isInterrupted = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    isInterrupted = true;
    endProgram(signal);
  });
}

await runCommand(async () => {
  const names = readStages();
  await mkdir("test-results", { recursive: true });
  const results: (Count & { name: string; seconds: number })[] = [];
  for (const name of names) {
    say(`\n── ${name}`);
    const startedAt = performance.now();
    const count = await STAGES[name]!();
    results.push({ ...count, name, seconds: Math.round((performance.now() - startedAt) / 1_000) });
    if (isInterrupted) throw new SetupProblem("Interrupted.");
  }
  say("");
  for (const { name, passed, failed, seconds } of results) {
    say(`${failed ? "✗" : "✓"} ${name.padEnd(12)} ${passed} passed, ${failed} failed, ${seconds} s`);
  }
  const failures = results.flatMap(({ name, failures }) => failures.map((failure) => `${name}: ${failure}`));
  if (failures.length > 0) say(`\nFailed:\n  ${failures.join("\n  ")}`);
  const [passed, failed] = (["passed", "failed"] as const).map((kind) =>
    results.reduce((sum, result) => sum + result[kind], 0),
  );
  say(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
});

/** Returns all stages, or those of `--only unit,http`. */
function readStages(): string[] {
  const [option, list = "", ...rest] = process.argv.slice(2);
  if (option === undefined) return Object.keys(STAGES);
  const names = list.split(",").filter(Boolean);
  const unknown = names.filter((name) => !(name in STAGES));
  if (option !== "--only" || rest.length > 0 || names.length === 0 || unknown.length > 0) {
    throw new SetupProblem(`Usage: npm test [-- --only ${Object.keys(STAGES).join(",")}]`);
  }
  return names;
}
