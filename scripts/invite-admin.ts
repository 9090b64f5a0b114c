import { parseArgs } from "node:util";
import { InvitePersonBody } from "@/lib/contract/people";
import { inviteAdmin } from "@/lib/people/invite-admin";
import { checkDatabase } from "@/lib/platform/db/check-database";
import { createClient } from "@/lib/platform/db/client";
import { runCommand } from "@/lib/platform/run-command";
import { SetupProblem } from "@/lib/platform/setup-problem";

const USAGE = 'npm run admin:invite -- --name "Ada Byron" --email ada@example.com';

/**
 * Invites an admin who reaches every organization, or gives one who is there a new link: for the first of an installation,
 * and for when nobody is left who could do it in the console. As the database's owner: the application can't.
 */
await runCommand(async () => {
  const person = readArguments();
  const [url, origin] = [process.env["MIGRATE_DATABASE_URL"], process.env["NEXTAUTH_URL"]];
  if (!url) throw new SetupProblem("MIGRATE_DATABASE_URL is missing: the PostgreSQL database, as its owner.");
  if (!origin || !URL.canParse(origin))
    throw new SetupProblem("NEXTAUTH_URL is missing: where people open the console.");
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
    throw new SetupProblem(`A name and an e-mail address are needed.\n${USAGE}`);
  }
}
