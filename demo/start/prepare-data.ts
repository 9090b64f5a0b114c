import { randomBytes } from "node:crypto";
import path from "node:path";
import pg from "pg";
import { type Introduction, introduceCustomers } from "@/demo/seed/introduce-customers";
import { migrate } from "@/lib/platform/db/migrate";
import { SetupProblem } from "@/lib/platform/setup-problem";
import type { DemoAccounts } from "./accounts";
import { ensureApplicationLogin } from "./application-login";
import { keepCustomers } from "./customers";
import { emptyDatabase, readDataMark, writeDataMark } from "./data-mark";
import { readPrivateJson, writePrivateJson } from "./private-file";
import type { DemoSecrets } from "./secrets";

type Options = {
  ownerUrl: string;
  /** Whether DATABASE_URL gave the database; otherwise it is the demo's own. */
  isGiven: boolean;
  secrets: DemoSecrets;
  /** The folder with each seeding's accounts. */
  accountsFolder: string;
  /** The origin of the customers' endpoints. */
  receiverOrigin: string;
  isFresh: boolean;
  say(line: string): void;
};

type Prepared = {
  /** The database URLs for the web server and the worker. */
  webUrl: string;
  workerUrl: string;
  /** The sign-ins. */
  accounts: DemoAccounts;
  /** The file with the customers' secrets. */
  customersFile: string;
};

/** Prepares the demo's database: migrated, with the application's logins, seeded once. */
export async function prepareData(options: Options): Promise<Prepared> {
  const { ownerUrl, secrets, receiverOrigin: origin, isFresh, say } = options;
  const { installation } = secrets;
  const mark = await readDataMark(ownerUrl);
  if (mark === "foreign" || (mark !== "empty" && mark.installation !== installation)) {
    throw explainStrangeData(options);
  }
  const accountsOf = (seeding: string) => path.join(options.accountsFolder, `accounts-${seeding}.json`);
  // Accounts are written last: if they are missing, the seeding was interrupted.
  const kept =
    mark === "empty" || isFresh ? undefined : await readPrivateJson<DemoAccounts>(accountsOf(mark.seeding));
  if (mark !== "empty" && !kept) {
    say("Removing the old data …");
    await emptyDatabase(ownerUrl);
  }
  const seeding = mark !== "empty" && kept ? mark.seeding : randomBytes(4).toString("hex");
  if (!kept) await writeDataMark(ownerUrl, { installation, seeding });
  say("Migrating the database …");
  await migrate(ownerUrl);
  const role = `runflow_demo_${installation}`;
  const password = secrets.appPassword;
  const web = { role, group: "console_web", password } as const;
  const worker = { role: `${role}_worker`, group: "console_worker", password } as const;
  const webUrl = await ensureApplicationLogin(ownerUrl, web);
  const workerUrl = await ensureApplicationLogin(ownerUrl, worker);
  const customersFile = path.join(options.accountsFolder, `customers-${seeding}.json`);
  const customers = await keepCustomers(customersFile);
  const introduction = { customers, origin, encryptionKey: secrets.encryptionKey };
  const accounts = kept ?? (await seedOnce());
  if (kept) await catchUp(ownerUrl, introduction);
  return { webUrl, workerUrl, accounts, customersFile };

  async function seedOnce(): Promise<DemoAccounts> {
    const { seed } = await import("@/demo/seed");
    const made = await seed({ databaseUrl: ownerUrl, log: say, introduction });
    await writePrivateJson(accountsOf(seeding), made);
    return made;
  }
}

function explainStrangeData({ ownerUrl, isGiven, accountsFolder }: Options): SetupProblem {
  const { host, pathname } = new URL(ownerUrl);
  return new SetupProblem(
    isGiven
      ? `The database ${host}${pathname} contains other data. Give the demo an empty database.`
      : `The secrets for the data in ${accountsFolder} are lost. Start over with \`-- --fresh\`, which deletes that data.`,
  );
}

/** Adds the customers to data that an earlier version seeded; existing data stays unchanged. */
async function catchUp(ownerUrl: string, introduction: Introduction): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await introduceCustomers(client, introduction, new Date());
  } finally {
    await client.end();
  }
}
