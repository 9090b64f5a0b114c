import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";
import type { BenchReport } from "./bench-report";

type Bench = () => Promise<BenchReport>;

const BENCHES: Record<string, () => Promise<{ default: Bench }>> = {
  cancel: () => import("./cancel"),
  bulk: () => import("./bulk"),
  create: () => import("./create"),
  live: () => import("./live"),
  read: () => import("./read"),
  deliveries: () => import("./deliveries"),
  "audit-reading": () => import("./audit-reading"),
  audit: () => import("./audit"),
  console: () => import("./console"),
  pages: () => import("./pages"),
};

/** `npm run bench -- NAME`: the last line is the report as JSON. */
await runCommand(async () => {
  const name = process.argv[2] ?? "";
  const load = BENCHES[name];
  if (!load) throw new SetupProblem(`Unknown benchmark "${name}": ${Object.keys(BENCHES).join(", ")}.`);
  const { default: bench } = await load();
  const report = await bench();
  console.log(JSON.stringify({ bench: name, ...report }));
});
