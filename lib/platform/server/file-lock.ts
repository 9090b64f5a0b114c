import { readFile, rm, writeFile } from "node:fs/promises";
import { commandOf, isRunning } from "@/lib/platform/db/postgres-leftover";

/**
 * Takes a lock that its holder's end frees, however it ends: the file names the process.
 * @returns what frees it, or undefined while another process of this project holds it
 */
export async function tryLock(file: string): Promise<(() => Promise<void>) | undefined> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(file, String(process.pid), { flag: "wx", mode: 0o600 });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(await readFile(file, "utf8").catch(() => ""));
    // The number may meanwhile belong to any process; ours run scripts of this folder.
    const isHeld = holder !== process.pid && isRunning(holder) && /node/.test(commandOf(holder));
    if (isHeld) return undefined;
    await rm(file, { force: true });
  }
  return undefined;
}
