import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, lstat, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { SetupProblem } from "@/lib/platform/setup-problem";
import type { PostgresAccount } from "./postgres-account";

export type PostgresPlace = { programs: string; account: PostgresAccount; home: string; data: string };

/**
 * Creates the data folder if missing. `initdb` works on a draft folder that is renamed when complete, so an
 * interrupted first start leaves no broken folder.
 */
export async function initializeData({ programs, account, home, data }: PostgresPlace): Promise<void> {
  if (await lstat(data).catch(() => undefined)) return;
  const draft = path.join(home, "draft");
  await rm(draft, { recursive: true, force: true });
  const passwordFile = path.join(home, "password");
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined)
    await chown(passwordFile, account.uid, account.gid);
  await runInitdb(path.join(programs, "initdb"), account, (ctype) => [
    `--pgdata=${draft}`,
    "--username=owner",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The server's builtin locale sorts and folds case the same on every machine. Only pg_trgm asks the
    // system which characters are letters.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    `--lc-ctype=${ctype}`,
    "--no-sync",
  ]);
  await rename(draft, data);
}

/** @returns the owner's password, after checking that this version can start on the folder */
export async function readPassword({ home, data }: PostgresPlace): Promise<string> {
  const startOver = "start with `-- --fresh` to delete its contents and start over";
  const version = await readFile(path.join(data, "PG_VERSION"), "utf8").catch(() => "");
  if (version.trim() !== "18") {
    const made = version ? `from PostgreSQL ${version.trim()}, not 18` : "not a PostgreSQL data folder";
    throw new SetupProblem(`The data folder ${data} is ${made}; ${startOver}.`);
  }
  const password = await readFile(path.join(home, "password"), "utf8").catch(() => "");
  if (!password) throw new SetupProblem(`The password of the data folder ${data} is missing; ${startOver}.`);
  return password;
}

/** UTF-8 locales by system: Linux; older Linux and macOS; macOS. */
export const UTF8_LOCALES = ["C.UTF-8", "en_US.UTF-8", "UTF-8"] as const;

/** Uses the first locale that the system has. */
async function runInitdb(
  program: string,
  account: PostgresAccount,
  args: (ctype: string) => string[],
): Promise<void> {
  for (const ctype of UTF8_LOCALES) {
    const complaints = await run(program, account, args(ctype));
    if (complaints === undefined) return;
    if (complaints.includes("No space left on device")) throw diskFull();
    if (!complaints.includes("invalid locale"))
      throw new SetupProblem(`PostgreSQL's data folder could not be created: ${lastComplaint(complaints)}.`);
  }
  throw new SetupProblem(
    `PostgreSQL's data folder could not be created: the system has none of the locales ${UTF8_LOCALES.join(", ")}; install one.`,
  );
}

/** @returns the program's error, or undefined on success */
async function run(program: string, account: PostgresAccount, args: string[]): Promise<string | undefined> {
  const env = { ...process.env, TZ: "UTC", LC_ALL: "C" };
  const child = spawn(program, args, {
    ...account,
    env,
    cwd: "/",
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const exitCode = await new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  return exitCode === 0 ? undefined : complaints;
}

export const diskFull = () => new SetupProblem("The disk is full; free some space and start again.");

/** The last error that a PostgreSQL program printed, without its prefix and period. */
export function lastComplaint(text: string): string {
  const lines = text.trim().split("\n");
  const complaint = lines.findLast((line) => /\b(error|fatal|panic):/i.test(line)) ?? lines.at(-1) ?? "";
  return complaint.replace(/^.*?\b(error|fatal|panic):\s*/i, "").replace(/\.$/, "");
}
