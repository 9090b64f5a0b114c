import { parseArgs } from "node:util";
import { InvitePersonBody } from "@/lib/contract/people";
import { inviteAdmin } from "@/lib/people/invite-admin";
import { checkDatabase } from "@/lib/platform/db/check-database";
import { createClient } from "@/lib/platform/db/client";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";

const USAGE = 'npm run admin:invite -- --name "Ada Byron" --email ada@example.com';

/**
 * Invites an admin with access to every organization, or gives an existing one a new link: for the first
 * admin, and for when no one is left to do it in the console. Runs as the database owner, because the
 * application's role may not.
 */
await runCommand(async () => {
  const person = readArguments();
  const [url, origin] = [process.env["MIGRATE_DATABASE_URL"], process.env["NEXTAUTH_URL"]];
  if (!url)
    throw new SetupProblem(
      "MIGRATE_DATABASE_URL is missing. Set it to the PostgreSQL database, with the owner's login.",
    );
  if (!origin || !URL.canParse(origin))
    throw new SetupProblem("NEXTAUTH_URL is missing. Set it to the console's URL.");
  await checkDatabase({ variable: "MIGRATE_DATABASE_URL", url, as: "owner" });
  const db = createClient({ url, poolSize: 1 });
  try {
    const link = await inviteAdmin(db, { ...person, origin });
    console.log(`${person.email} sets a password here, once, within 24 hours:\n${link}`);
  } finally {
    await db.$disconnect();
  }
});

function readArguments() {
  try {
    const { values } = parseArgs({ options: { name: { type: "string" }, email: { type: "string" } } });
    return InvitePersonBody.pick({ name: true, email: true }).parse(values);
  } catch {
    throw new SetupProblem(`Give a name and an email address.\n${USAGE}`);
  }
}
