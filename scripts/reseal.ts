import { checkDatabase } from "@/lib/platform/db/check-database";
import { createClient } from "@/lib/platform/db/client";
import { readEncryptionKeys } from "@/lib/platform/env/env";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { resealSecrets } from "@/lib/secrets/reseal-secrets";

/**
 * Seals all stored secrets with the newest of the ENCRYPTION_KEYS. Exit code 1 if no key opens some of them.
 */
await runCommand(async () => {
  const url = process.env["MIGRATE_DATABASE_URL"];
  if (!url)
    throw new SetupProblem(
      "MIGRATE_DATABASE_URL is missing. Set it to the database, with the owner's login.",
    );
  await checkDatabase({ variable: "MIGRATE_DATABASE_URL", url, as: "owner" });
  const db = createClient({ url, poolSize: 1 });
  const { sealed, changed, lost } = await resealSecrets(db, readEncryptionKeys()).finally(() =>
    db.$disconnect(),
  );
  console.log(`${sealed} secrets are sealed with the newest key, ${changed} of them since now.`);
  if (lost > 0) console.log(`${lost} secrets can't be opened with any of the ENCRYPTION_KEYS.`);
  process.exitCode = lost > 0 ? 1 : 0;
});
