import { MOST_LISTED, reconcile } from "@/lib/billing/reconcile";
import { checkDatabase } from "@/lib/platform/db/check-database";
import { createClient } from "@/lib/platform/db/client";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";

/** It reads every run and every ledger entry once. */
const PATIENCE_MS = 30 * 60_000;

/**
 * Compares the ledger with the runs, the provider's events and the balances. Exit code 1 when they disagree.
 */
await runCommand(async () => {
  const url = process.env["DATABASE_URL"];
  if (!url) throw new SetupProblem("DATABASE_URL is missing. Set it to the database to check.");
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
  return count < MOST_LISTED ? `${count} disagreements` : `${count} or more disagreements`;
}
