import { readFile, rename, writeFile } from "node:fs/promises";

/** Atomically writes a file that only its owner may read. */
export async function writePrivateJson(file: string, content: unknown): Promise<void> {
  const draft = `${file}.${process.pid}.draft`;
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

/** @returns undefined if the file doesn't exist */
export async function readPrivateJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
