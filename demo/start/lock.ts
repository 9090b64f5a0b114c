import { tryLock } from "@/lib/platform/server/file-lock";
import { SetupProblem } from "@/lib/platform/setup-problem";

/**
 * Makes this process the one demo of its folder.
 * @returns what gives the place up again
 * @throws SetupProblem when another demo is running there
 */
export async function takeDemoLock(file: string): Promise<() => Promise<void>> {
  const release = await tryLock(file);
  if (release) return release;
  throw new SetupProblem(
    "A demo is already running in this folder; end it with Ctrl-C where it was started.",
  );
}
