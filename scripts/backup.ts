import path from "node:path";
import { parseArgs } from "node:util";
import { checkBackup } from "@/lib/backup/check-backup";
import { describeBackup } from "@/lib/backup/describe-backup";
import { makeBackup } from "@/lib/backup/make-backup";
import { buildInfo } from "@/lib/platform/build-info";
import { checkDatabase } from "@/lib/platform/db/check-database";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";

const USAGE = "npm run backup -- --to DIR, or npm run backup -- --check BACKUP";

/**
 * Backs up the whole database into a new folder in DIR, or reads all of a backup to see whether it is intact.
 */
await runCommand(async () => {
  const { to, check } = readArguments();
  if (check) return console.log(describeBackup(check, await checkBackup(check)));
  const databaseUrl = process.env["MIGRATE_DATABASE_URL"];
  if (!databaseUrl)
    throw new SetupProblem(
      "MIGRATE_DATABASE_URL is missing. Set it to the database, with the owner's login.",
    );
  await checkDatabase({ variable: "MIGRATE_DATABASE_URL", url: databaseUrl, as: "owner" });
  const now = new Date();
  const folder = path.join(to!, `runflow-${now.toISOString().replaceAll(/[:.]/g, "-")}`);
  const { version } = buildInfo();
  console.log(describeBackup(folder, await makeBackup({ databaseUrl, folder, version, now })));
  console.log(`It took ${((Date.now() - now.getTime()) / 1_000).toFixed(1)} s.`);
});

function readArguments() {
  try {
    const { values } = parseArgs({ options: { to: { type: "string" }, check: { type: "string" } } });
    if (!values.to === !values.check) throw new Error("Name one folder.");
    return values;
  } catch (error) {
    throw new SetupProblem(`${(error as Error).message}\n${USAGE}`);
  }
}
