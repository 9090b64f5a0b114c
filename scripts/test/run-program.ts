import { spawn } from "node:child_process";
import path from "node:path";

/** The running program, so that a signal handler can end it. */
let current: { kill(signal: NodeJS.Signals): boolean } | undefined;

export const endProgram = (signal: NodeJS.Signals): boolean => current?.kill(signal) ?? false;

/** Runs a package's program with its output on the terminal. */
export async function runProgram(
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<number> {
  const child = spawn(process.execPath, [path.resolve("node_modules", program), ...args], {
    stdio: "inherit",
    env: { ...process.env, NEXT_DIST_DIR: TEST_BUILD, NEXT_TELEMETRY_DISABLED: "1", ...env },
  });
  current = child;
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("exit", (code) => resolve(code ?? 1));
  });
}

/** Its own folder, so that a demo running from `.next` keeps its files. */
export const TEST_BUILD = ".next-test";
