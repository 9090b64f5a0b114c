import { parseArgs } from "node:util";
import { checkDatabase } from "@/lib/platform/db/check-database";
import { makeLogins } from "@/lib/platform/db/make-logins";
import { migrate } from "@/lib/platform/db/migrate";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";

const USAGE = "npm run migrate -- [--logins]";

/** `--logins` also creates the logins of DATABASE_URL and WORKER_DATABASE_URL, or sets their passwords. */
await runCommand(async () => {
  const { logins } = readArguments();
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
  if (logins) {
    const names = await makeLogins(url, [
      { variable: "DATABASE_URL", url: process.env["DATABASE_URL"] ?? "", role: "console_web" },
      {
        variable: "WORKER_DATABASE_URL",
        url: process.env["WORKER_DATABASE_URL"] ?? "",
        role: "console_worker",
      },
    ]);
    lines.push(`The logins ${names.join(" and ")} can connect.`);
  }
  process.stdout.write(`${lines.join("\n")}\n`);
});

function readArguments() {
  try {
    return parseArgs({ options: { logins: { type: "boolean", default: false } } }).values;
  } catch (error) {
    throw new SetupProblem(`${(error as Error).message}\n${USAGE}`);
  }
}
