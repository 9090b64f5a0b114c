import { migrate } from "@/lib/db/migrate";
import { SetupProblem } from "@/lib/setup-problem";
import type { DemoAccounts } from "./accounts";
import { ensureApplicationLogin } from "./application-login";
import { emptyDatabase, markData, readDataState } from "./data-mark";
import { readPrivateJson, writePrivateJson } from "./private-file";
import type { DemoSecrets } from "./secrets";

type Options = {
  ownerUrl: string;
  secrets: DemoSecrets;
  /** Where the accounts are kept that the seed made. */
  accountsFile: string;
  isFresh: boolean;
  say(line: string): void;
};

/**
 * Brings the database to where the demo can start on it: migrated, with the application's login, seeded once.
 * @returns the address for the application, and who may sign in
 */
export async function prepareData(options: Options): Promise<{ appUrl: string; accounts: DemoAccounts }> {
  const { ownerUrl, secrets, accountsFile, isFresh, say } = options;
  const { installation } = secrets;
  let state = await readDataState(ownerUrl, installation);
  let accounts = await readPrivateJson<DemoAccounts>(accountsFile);
  if (state === "foreign") {
    const { host, pathname } = new URL(ownerUrl);
    throw new SetupProblem(
      `The database ${host}${pathname} holds data that is not this demo's; give the demo an empty one.`,
    );
  }
  if (isFresh || state === "half-seeded" || (state === "seeded" && !accounts)) {
    say("Removing the old data …");
    await emptyDatabase(ownerUrl);
    state = "empty";
  }
  if (state === "empty") await markData(ownerUrl, installation, false);
  say("Migrating the database …");
  await migrate(ownerUrl);
  const appUrl = await ensureApplicationLogin(ownerUrl, `runflow_demo_${installation}`, secrets.appPassword);
  if (state === "empty" || !accounts) {
    const { seed } = await import("@/prisma/seed");
    accounts = await seed({ databaseUrl: ownerUrl, log: say });
    await writePrivateJson(accountsFile, accounts);
    await markData(ownerUrl, installation, true);
  }
  return { appUrl, accounts };
}
