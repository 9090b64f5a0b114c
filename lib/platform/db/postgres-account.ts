import { spawnSync } from "node:child_process";
import { SetupProblem } from "@/lib/platform/setup-problem";

/** The system user that PostgreSQL runs as; empty for the current user. */
export type PostgresAccount = { uid: number; gid: number } | Record<string, never>;

/** PostgreSQL refuses to run as root, so root runs it as the user `postgres`, creating it if missing. */
export function postgresAccount(): PostgresAccount {
  if (process.getuid?.() !== 0) return {};
  const found = lookUp() ?? (create(), lookUp());
  if (!found) {
    throw new SetupProblem(
      "PostgreSQL can't run as root, and the user postgres could not be created. Run the command as an ordinary user.",
    );
  }
  return found;
}

/** Whether the account can open the folder; a parent folder may be closed to everyone but root. */
export function canEnter(account: PostgresAccount, folder: string): boolean {
  return (
    spawnSync("/bin/sh", ["-c", 'cd "$1" && ls >/dev/null', "sh", folder], { ...account, cwd: "/" })
      .status === 0
  );
}

function lookUp(): PostgresAccount | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, "postgres"], { encoding: "utf8" }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function create(): void {
  spawnSync("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    "postgres",
  ]);
}
