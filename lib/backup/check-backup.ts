import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { FORMAT, Manifest, MANIFEST_FILE } from "./manifest";

/**
 * Reads a backup's manifest and every byte of its files.
 * @throws SetupProblem if it is incomplete, damaged or of a newer format
 */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  for (const { file, sha256 } of manifest.tables) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(path.join(folder, file)), hash).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") throw new SetupProblem(`The backup is incomplete: ${file} is missing.`);
      throw error;
    });
    if (hash.digest("hex") !== sha256)
      throw new SetupProblem(`The backup is damaged: ${file} is not the file that was written.`);
  }
  return manifest;
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, MANIFEST_FILE), "utf8").catch(() => undefined);
  if (text === undefined)
    throw new SetupProblem(`${folder} has no ${MANIFEST_FILE}, so it is no complete backup.`);
  const { format, ...rest } = readJson(text);
  if (typeof format === "number" && format > FORMAT)
    throw new SetupProblem(
      `The backup has format ${format}; this version reads format ${FORMAT}. Update first.`,
    );
  const { success, data } = Manifest.safeParse({ format, ...rest });
  if (!success) throw new SetupProblem(`The backup is damaged: its ${MANIFEST_FILE} can't be read.`);
  return data;
}

function readJson(text: string): { format?: unknown } {
  try {
    return JSON.parse(text) as { format?: unknown };
  } catch {
    return {};
  }
}
