import { MOST_LISTED, reconcile } from "@/lib/billing/reconcile";
import { checkDatabase } from "@/lib/platform/db/check-database";
import { createClient } from "@/lib/platform/db/client";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";

/** The comparison reads every run and every entry once. */
const PATIENCE_MS = 30 * 60_000;

/** Says whether the ledger agrees with the runs, the provider's events and the balances; exit code 1 when it doesn't. */
await runCommand(async () => {
  const url = process.env["DATABASE_URL"];
  if (!url) throw new SetupProblem("DATABASE_URL is missing: the database whose ledger is to be checked.");
  await checkDatabase({ variable: "DATABASE_URL", url });
  const db = createClient({ url, poolSize: 1, statementTimeoutMs: PATIENCE_MS });
  const disagreements = await reconcile(db).finally(() => db.$disconnect());
  for (const { problem, subject } of disagreements) console.log(`${subject}: ${problem}`);
  console.log(summarize(disagreements.length));
  process.exitCode = disagreements.length === 0 ? 0 : 1;
});

function summarize(count: number): string {
  if (count === 0) return "The ledger agrees with the runs, the provider's events and the balances.";
  if (count === 1) return "1 disagreement";
  return count < MOST_LISTED ? `${count} disagreements` : `${count} disagreements or more`;
}
