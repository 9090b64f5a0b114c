import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { SetupProblem } from "@/lib/platform/setup-problem";

/**
 * Builds the version before in a separate work tree: UPDATE_REVISION, or by default the one before the
 * newest migration.
 * @returns its folder
 */
export function buildVersionBefore(): string {
  const newest = git("log", "-1", "--format=%H", "--", "prisma/migrations");
  const revision = git("rev-parse", process.env["UPDATE_REVISION"] || `${newest}~1`);
  const folder = path.resolve(".tmp", `version-${revision.slice(0, 12)}`);
  if (!existsSync(folder)) git("worktree", "add", "--detach", folder, revision);
  console.log(`building the version before, ${revision.slice(0, 12)}`);
  const { status } = spawnSync(process.execPath, ["scripts/bootstrap.mjs", "scripts/build.ts"], {
    cwd: folder,
    env: { ...process.env, NEXT_DIST_DIR: ".next" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new SetupProblem(`The version before can't be built in ${folder}.`);
  return folder;
}

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, { encoding: "utf8" });
  if (status !== 0) throw new SetupProblem(`git ${args[0]}: ${stderr.trim()}`);
  return stdout.trim();
}
