import { readFile, rm, writeFile } from "node:fs/promises";
import { commandOf, isRunning } from "@/lib/platform/db/postgres-leftover";

/**
 * A lock file with the holder's pid, so that the lock is free however its holder ends.
 * @returns a function that releases it, or undefined while another process of this project holds it
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
    // Another program may have reused the pid; ours run scripts of this folder.
    const isHeld = holder !== process.pid && isRunning(holder) && /node/.test(commandOf(holder));
    if (isHeld) return undefined;
    await rm(file, { force: true });
  }
  return undefined;
}
