import { tryLock } from "@/lib/platform/server/file-lock";
import { SetupProblem } from "@/lib/platform/setup-problem";

/**
 * Takes the lock of this folder: one demo at a time.
 * @returns a function that releases it
 * @throws SetupProblem if another demo is running there
 */
export async function takeDemoLock(file: string): Promise<() => Promise<void>> {
  const release = await tryLock(file);
  if (release) return release;
  throw new SetupProblem("A demo is already running in this folder. Stop it with Ctrl-C in its terminal.");
}
