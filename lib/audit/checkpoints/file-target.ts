import { link, open, readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Copy, fileNameOf, OTHER_COPY, type Target } from "./target";

/**
 * A directory with one file per checkpoint. A file appears only when complete, survives a power failure, and
 * is never rewritten.
 */
export function openFileTarget({ name, directory }: { name: string; directory: URL }): Target {
  return {
    name,
    put: async (copy) => {
      const [file, part] = [
        new URL(fileNameOf(copy), directory),
        new URL(`.${fileNameOf(copy)}.part`, directory),
      ];
      try {
        await writeThrough(part, copy.note);
        await link(part, file).catch((error: NodeJS.ErrnoException) => compare(error, file, copy));
        await rm(part);
        await syncDirectory(directory);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw code ? new Error(`the file can't be written: ${code}`) : error;
      }
    },
    close: async () => {},
  };
}

async function writeThrough(file: URL, text: string): Promise<void> {
  const handle = await open(file, "w");
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** link() never replaces an existing file. */
async function compare(error: NodeJS.ErrnoException, file: URL, { note }: Copy): Promise<void> {
  if (error.code !== "EEXIST") throw error;
  if ((await readFile(file, "utf8")) !== note) throw new Error(OTHER_COPY);
}

/** Until the directory is synced, a power failure can lose new names in it. */
async function syncDirectory(directory: URL): Promise<void> {
  const handle = await open(fileURLToPath(directory), "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
