import { EnvironmentError } from "./env/env";
import { SetupProblem } from "./setup-problem";

/**
 * Runs a command that a person started. Prints a problem that they can fix as one sentence and exits with
 * code 1; any other error is a bug and keeps its stack.
 */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

function explain(error: unknown): string {
  if (error instanceof SetupProblem) return error.message;
  if (error instanceof EnvironmentError) return error.problems.join("\n");
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "53100") return "The disk is full; free some space and start again.";
  if (path && /^(EACCES|EPERM|EROFS)$/.test(code ?? "")) return `${path} can't be written by this user.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
