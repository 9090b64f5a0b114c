import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { inflate } from "@sparticuz/chromium";

export type Browser = { executablePath: string; env: Record<string, string> };

const CACHE = path.resolve("node_modules/.cache/chromium");
const ARCHIVES = ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"];

/**
 * Unpacks the Chromium from npm, once. The package's own function uses fixed names in the temporary folder,
 * where another user's copy or a half-unpacked one may lie.
 */
export async function unpackNpmChromium(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chromium found. Install one, or set PLAYWRIGHT_CHROMIUM=/path/to/chromium");
  }
  if (!existsSync(path.join(CACHE, "chromium"))) await unpack();
  const executablePath = path.join(CACHE, "chromium");
  const env: Record<string, string> = { FONTCONFIG_FILE: path.join(CACHE, "fonts.conf") };
  // The package brings libraries that a bare system lacks; the system's own are better where they exist.
  const isComplete = spawnSync(executablePath, ["--version"]).status === 0;
  if (!isComplete) env["LD_LIBRARY_PATH"] = path.join(CACHE, "al2023/lib");
  return { executablePath, env };
}

async function unpack(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const archives = path.resolve(path.dirname(entry), "../bin");
  await mkdir(path.dirname(CACHE), { recursive: true });
  const draft = await mkdtemp(`${CACHE}-`);
  const { TMPDIR } = process.env;
  process.env["TMPDIR"] = draft; // where `inflate` writes
  try {
    await Promise.all(ARCHIVES.map((name) => inflate(path.join(archives, name))));
  } finally {
    if (TMPDIR === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = TMPDIR;
  }
  await writeFile(
    path.join(draft, "fonts.conf"),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
      <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
      <dir>${CACHE}/fonts/fonts</dir><cachedir>${CACHE}/fonts-cache</cachedir></fontconfig>`,
  );
  // Another process may have been faster; both unpacked the same.
  await rename(draft, CACHE).catch(() => rm(draft, { recursive: true }));
}
