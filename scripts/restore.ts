import { parseArgs } from "node:util";
import { explainReport } from "@/lib/audit/verify/explain-report";
import { verifyDatabase } from "@/lib/audit/verify/verify-database";
import { checkBackup } from "@/lib/backup/check-backup";
import { describeBackup } from "@/lib/backup/describe-backup";
import { restoreBackup } from "@/lib/backup/restore-backup";
import { reconcile } from "@/lib/billing/reconcile";
import { checkDatabase } from "@/lib/platform/db/check-database";
import { createClient } from "@/lib/platform/db/client";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";

const USAGE = "npm run restore -- BACKUP [--checkpoints PLACE]…";
const PATIENCE_MS = 30 * 60_000;

/**
 * Restores a backup into the empty database MIGRATE_DATABASE_URL, then verifies the trail and the ledger.
 * Exit code 1 when they don't hold.
 */
await runCommand(async () => {
  const { folder, copies } = readArguments();
  const databaseUrl = process.env["MIGRATE_DATABASE_URL"];
  if (!databaseUrl)
    throw new SetupProblem(
      "MIGRATE_DATABASE_URL is missing. Set it to an empty database, with the owner's login.",
    );
  await checkDatabase({ variable: "MIGRATE_DATABASE_URL", url: databaseUrl, as: "owner" });
  const start = Date.now();
  const manifest = await checkBackup(folder);
  const later = await restoreBackup({ databaseUrl, folder, manifest });
  console.log(describeBackup(folder, manifest));
  console.log(
    `Restored in ${((Date.now() - start) / 1_000).toFixed(1)} s; ${later.length} later migrations applied.`,
  );

  const report = await verifyDatabase(databaseUrl, { keys: [], copies, archives: [] });
  console.log(explainReport(report));
  const db = createClient({ url: databaseUrl, poolSize: 1, statementTimeoutMs: PATIENCE_MS });
  const disagreements = await reconcile(db).finally(() => db.$disconnect());
  for (const { problem, subject } of disagreements) console.log(`${subject}: ${problem}`);
  console.log(disagreements.length === 0 ? "The ledger agrees." : "The ledger doesn't agree.");
  console.log("Give the processes these secrets, which no backup contains:");
  for (const { name, needed_for } of manifest.secrets) console.log(`  ${name}: ${needed_for}`);
  process.exitCode = report.holds && disagreements.length === 0 ? 0 : 1;
});

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: { checkpoints: { type: "string", multiple: true, default: [] } },
      allowPositionals: true,
    });
    const [folder, ...more] = positionals;
    if (!folder || more.length > 0) throw new Error("Name one backup.");
    return { folder, copies: values.checkpoints };
  } catch (error) {
    throw new SetupProblem(`${(error as Error).message}\n${USAGE}`);
  }
}
