import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { compressBuild } from "./compress-build";
import { tryLock } from "./file-lock";

const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "generated",
  "prisma/schema.prisma",
  "package-lock.json",
];
const SETTINGS = ["next.config.js", "postcss.config.mjs", "tailwind.config.ts", "tsconfig.json"];

type Options = {
  /** Next's output folder, relative to the project. */
  distDir: string;
  /** Receives the build's output. */
  logFile: string;
  /** Called before a build, which takes a minute; not called if the build is current. */
  onBuild(): void;
  signal?: AbortSignal;
};

/**
 * Makes the production build unless one of the same sources exists; of two concurrent callers, one builds.
 */
export async function ensureBuild({ distDir, logFile, onBuild, signal }: Options): Promise<void> {
  const stamp = path.join(distDir, "sources.sha256");
  const isCurrent = async () => (await readFile(stamp, "utf8").catch(() => "")) === (await hashSources());
  if (await isCurrent()) return;
  await mkdir(".data", { recursive: true, mode: 0o711 });
  const release = await waitForLock(
    path.join(".data", `build${distDir.replaceAll(path.sep, "-")}.lock`),
    signal,
  );
  try {
    if (await isCurrent()) return;
    onBuild();
    const hash = await hashSources();
    await build({ distDir, logFile, ...(signal && { signal }) });
    await writeFile(stamp, hash);
  } finally {
    await release();
  }
}

async function build({ distDir, logFile, signal }: Omit<Options, "onBuild">): Promise<void> {
  const log = await open(logFile, "w");
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [path.resolve("node_modules/next/dist/bin/next"), "build"], {
      env: { ...process.env, NODE_ENV: "production", NEXT_DIST_DIR: distDir, NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", log.fd, log.fd],
      detached: true,
      ...(signal && { signal }),
    });
    child.on("error", reject).on("exit", resolve);
  }).finally(() => log.close());
  if (exitCode === 0) return compressBuild(distDir);
  const lines = (await readFile(logFile, "utf8")).trim().split("\n");
  throw new SetupProblem(
    `The production build failed; ${logFile} ends with:\n${lines.slice(-15).join("\n")}`,
  );
}

async function waitForLock(file: string, signal?: AbortSignal): Promise<() => Promise<void>> {
  for (;;) {
    const release = await tryLock(file);
    if (release) return release;
    await setTimeout(500, undefined, { ...(signal && { signal }) });
  }
}

async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  const found = await Promise.all([...SOURCES, ...SETTINGS].map(listFiles));
  for (const file of found.flat().sort()) {
    hash
      .update(`${file}\0`)
      .update(await readFile(file))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Lists the files of a folder, or the one file, except those that never get into a build. */
async function listFiles(name: string): Promise<string[]> {
  const entries = await readdir(name, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOTDIR") return undefined;
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  if (!entries) return [name];
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return files.filter((file) => !/\.test\.tsx?$/.test(file) && !file.startsWith(path.join("lib", "testing")));
}
