import { checkDatabase } from "@/lib/platform/db/check-database";
import { migrate } from "@/lib/platform/db/migrate";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";

await runCommand(async () => {
  const variable = process.env["MIGRATE_DATABASE_URL"] ? "MIGRATE_DATABASE_URL" : "DATABASE_URL";
  const url = process.env[variable];
  if (!url) {
    throw new SetupProblem(
      "MIGRATE_DATABASE_URL is missing. Set it to the PostgreSQL database, with the owner's login (default: DATABASE_URL).",
    );
  }
  await checkDatabase({ variable, url, as: "owner" });
  const applied = await migrate(url);
  const lines = applied.length ? applied.map((name) => `Applied ${name}.`) : ["The schema is up to date."];
  process.stdout.write(`${lines.join("\n")}\n`);
});
