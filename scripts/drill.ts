import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { findProxy } from "@/test/proxy";
import { runCommand } from "@/lib/platform/run-command";
import { buildVersionBefore } from "./drill/build-version-before";
import { ensureBuild } from "@/lib/platform/server/ensure-build";
import { SetupProblem } from "@/lib/platform/setup-problem";

type Drill = {
  file: string;
  variable: string;
  amount: number;
  /** Prepares what only the drill uses, and returns variables for the test. */
  prepare?: () => Record<string, string>;
};

/** Long versions of tests that `npm test` runs briefly, each with the variable for its size. */
const DRILLS: Record<string, Drill> = {
  race: { file: "race-laboratory", variable: "RACE_SEEDS", amount: 200 },
  deliveries: { file: "worker-crash", variable: "DELIVERY_TRANSITIONS", amount: 5_000 },
  sealing: { file: "api/sealing", variable: "SEALING_ENTRIES", amount: 12_000 },
  database: { file: "database-faults", variable: "FAULT_ROUNDS", amount: 5 },
  workers: { file: "frozen-workers", variable: "FAULT_ROUNDS", amount: 5 },
  bulk: { file: "bulk-storm", variable: "BULK_RUNS", amount: 20_000 },
  fuzz: { file: "api/fuzz", variable: "FUZZ_REQUESTS", amount: 100_000 },
  update: { file: "rolling-update", variable: "UPDATE_CANCELS", amount: 1_500, prepare: prepareUpdate },
  restore: { file: "api/restore", variable: "RESTORE_RUNS", amount: 50_000 },
  crash: { file: "api/crash", variable: "CRASH_ROUNDS", amount: 40 },
};

/** `npm run drill -- NAME [AMOUNT]` */
await runCommand(async () => {
  const [name = "", amount] = process.argv.slice(2);
  const drill = DRILLS[name];
  if (!drill) throw new SetupProblem(`Unknown drill "${name}": ${Object.keys(DRILLS).join(", ")}.`);
  await ensureBuild({
    distDir: process.env["NEXT_DIST_DIR"] || ".next",
    logFile: path.join(tmpdir(), "runflow-drill-build.log"),
    onBuild: () => console.log("building"),
  });
  const prepared = drill.prepare?.();
  const vitest = spawn("node_modules/.bin/vitest", ["run", "--project", "http", drill.file], {
    env: { ...process.env, ...prepared, [drill.variable]: amount ?? String(drill.amount) },
    stdio: "inherit",
  });
  const [code] = (await once(vitest, "exit")) as [number | null];
  process.exitCode = code ?? 1;
});

function prepareUpdate(): Record<string, string> {
  const proxy = process.env["UPDATE_PROXY"] || "nginx";
  if (!findProxy(proxy))
    throw new SetupProblem(
      "This drill needs nginx, or HAProxy with UPDATE_PROXY=haproxy. Install it and try again.",
    );
  return { UPDATE_PROXY: proxy, UPDATE_FROM: buildVersionBefore() };
}
