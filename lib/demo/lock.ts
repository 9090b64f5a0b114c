import { readFile, rm, writeFile } from "node:fs/promises";
import { commandOf, isRunning } from "@/lib/db/postgres-leftover";
import { SetupProblem } from "@/lib/setup-problem";

/**
 * Makes this process the one demo of its folder.
 * @returns what gives the place up again
 * @throws SetupProblem when another demo is running there
 */
export async function takeDemoLock(file: string): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(file, String(process.pid), { flag: "wx", mode: 0o600 });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(await readFile(file, "utf8").catch(() => ""));
    const isAlive = holder > 0 && isRunning(holder) && commandOf(holder).includes("scripts/demo.ts");
    if (isAlive) break;
    await rm(file, { force: true });
  }
  throw new SetupProblem(
    "A demo is already running in this folder; end it with Ctrl-C where it was started.",
  );
}
