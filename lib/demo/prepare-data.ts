import { randomBytes } from "node:crypto";
import path from "node:path";
import { migrate } from "@/lib/db/migrate";
import { SetupProblem } from "@/lib/setup-problem";
import type { DemoAccounts } from "./accounts";
import { ensureApplicationLogin } from "./application-login";
import { emptyDatabase, readDataMark, writeDataMark } from "./data-mark";
import { readPrivateJson, writePrivateJson } from "./private-file";
import type { DemoSecrets } from "./secrets";

type Options = {
  ownerUrl: string;
  secrets: DemoSecrets;
  /** The folder where the accounts that a seeding made are kept. */
  accountsFolder: string;
  isFresh: boolean;
  say(line: string): void;
};

/**
 * Brings the database to where the demo can start on it: migrated, with the application's login, seeded once.
 * @returns the address for the application, and who may sign in
 */
export async function prepareData(options: Options): Promise<{ appUrl: string; accounts: DemoAccounts }> {
  const { ownerUrl, secrets, isFresh, say } = options;
  const { installation } = secrets;
  const mark = await readDataMark(ownerUrl);
  if (mark === "foreign" || (mark !== "empty" && mark.installation !== installation)) {
    const { host, pathname } = new URL(ownerUrl);
    const name = `${host}${pathname}`;
    throw new SetupProblem(
      `The database ${name} holds data that is not this demo's; give the demo an empty one.`,
    );
  }
  const accountsOf = (seeding: string) => path.join(options.accountsFolder, `accounts-${seeding}.json`);
  // The accounts are written last: without them, the seeding was cut short.
  const kept =
    mark === "empty" || isFresh ? undefined : await readPrivateJson<DemoAccounts>(accountsOf(mark.seeding));
  if (mark !== "empty" && !kept) {
    say("Removing the old data …");
    await emptyDatabase(ownerUrl);
  }
  const seeding = randomBytes(4).toString("hex");
  if (!kept) await writeDataMark(ownerUrl, { installation, seeding });
  say("Migrating the database …");
  await migrate(ownerUrl);
  const appUrl = await ensureApplicationLogin(ownerUrl, `runflow_demo_${installation}`, secrets.appPassword);
  if (kept) return { appUrl, accounts: kept };
  const { seed } = await import("@/prisma/seed");
  const accounts: DemoAccounts = await seed({ databaseUrl: ownerUrl, log: say });
  await writePrivateJson(accountsOf(seeding), accounts);
  return { appUrl, accounts };
}
