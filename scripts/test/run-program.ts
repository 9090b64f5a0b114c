import { spawn } from "node:child_process";
import path from "node:path";

/** The part of the run that is under way, for whoever has to end it early. */
let current: { kill(signal: NodeJS.Signals): boolean } | undefined;

export const endProgram = (signal: NodeJS.Signals): boolean => current?.kill(signal) ?? false;

/** Runs one of the packages' programs with its output on the terminal. */
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

/** A folder of its own: a demo that runs from `.next` meanwhile keeps its files. */
export const TEST_BUILD = ".next-test";
