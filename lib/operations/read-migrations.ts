import { readdir } from "node:fs/promises";
import path from "node:path";
import type { ServiceState } from "@/lib/contract/service-state";
import type { Db } from "@/lib/platform/db/client";

/** Relative to the working directory, like everything that the server reads. */
const FOLDER = ["prisma", "migrations"];

/**
 * The migrations that this server has and the database doesn't, and the other way around.
 * @returns null if the server was installed without its migrations
 */
export async function readMigrations(db: Db): Promise<ServiceState["migrations"]> {
  const known = await listKnown();
  if (!known) return null;
  const rows = await db.$queryRaw<{ name: string }[]>`SELECT name FROM applied_migrations() AS name`;
  const applied = rows.map(({ name }) => name);
  return {
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)).toSorted(),
  };
}

async function listKnown(): Promise<string[] | undefined> {
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), ...FOLDER);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  return entries?.flatMap((entry) => (entry.isDirectory() ? entry.name : [])).toSorted();
}
