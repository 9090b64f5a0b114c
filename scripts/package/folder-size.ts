import { lstat, readdir } from "node:fs/promises";
import path from "node:path";

/** The bytes of all files in a folder. */
export async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(
    entries.map(async (name) => {
      const stats = await lstat(path.join(folder, name));
      return stats.isFile() ? stats.size : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
