import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, lstat, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { SetupProblem } from "@/lib/platform/setup-problem";
import type { PostgresAccount } from "./postgres-account";

export type PostgresPlace = { programs: string; account: PostgresAccount; home: string; data: string };

/**
 * Makes the data folder when there is none. `initdb` works on a draft that is renamed when it is complete, so that
 * an interrupted first start leaves nothing half made behind.
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
    // The server's own locale: the same order and case rules on every machine. Only pg_trgm asks the system, for what a
    // letter is.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    `--lc-ctype=${ctype}`,
    "--no-sync",
  ]);
  await rename(draft, data);
}

/** @returns the owner's password, after checking that the folder is one that this version can start on */
export async function readPassword({ home, data }: PostgresPlace): Promise<string> {
  const startOver = "start with `-- --fresh` to start over, which deletes what is in it";
  const version = await readFile(path.join(data, "PG_VERSION"), "utf8").catch(() => "");
  if (version.trim() !== "18") {
    const made = version ? `made by PostgreSQL ${version.trim()}, not 18` : "not a PostgreSQL data folder";
    throw new SetupProblem(`The data folder ${data} is ${made}; ${startOver}.`);
  }
  const password = await readFile(path.join(home, "password"), "utf8").catch(() => "");
  if (!password) throw new SetupProblem(`The password of the data folder ${data} is missing; ${startOver}.`);
  return password;
}

/** Systems name their UTF-8 locales differently: Linux, older Linux and macOS, macOS. */
export const UTF8_LOCALES = ["C.UTF-8", "en_US.UTF-8", "UTF-8"] as const;

/** With the first of the locales that the system has. */
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
      throw new SetupProblem(`PostgreSQL's data folder could not be made: ${lastComplaint(complaints)}.`);
  }
  throw new SetupProblem(
    `PostgreSQL's data folder could not be made: the system has none of the locales ${UTF8_LOCALES.join(", ")}; install one.`,
  );
}

/** @returns what the program complained about, or undefined when it succeeded */
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

/** What a program of PostgreSQL complained about last, without the prefix and the full stop. */
export function lastComplaint(text: string): string {
  const lines = text.trim().split("\n");
  const complaint = lines.findLast((line) => /\b(error|fatal|panic):/i.test(line)) ?? lines.at(-1) ?? "";
  return complaint.replace(/^.*?\b(error|fatal|panic):\s*/i, "").replace(/\.$/, "");
}
