import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync, closeSync } from "node:fs";
import path from "node:path";
import { NODE_FLAGS } from "@/lib/platform/server/node-flags";
import { SetupProblem } from "@/lib/platform/setup-problem";

export type Child = {
  /** Rejects with a one-sentence error if the process exits unasked. */
  ended: Promise<never>;
  /** Resolves with the message that the process sends once it is ready. */
  message: Promise<unknown>;
  stop(): Promise<void>;
};

type Options = { name: string; script: string; env: NodeJS.ProcessEnv; logFile: string };

const PATIENCE_MS = 15_000;

/** Starts a demo process and logs to a file; `scripts/end-with-parent.mjs` shuts it down. */
export function startChild({ name, script, env, logFile }: Options): Child {
  const log = openSync(logFile, "w", 0o600);
  const preload = path.resolve("scripts/end-with-parent.mjs");
  const child = spawn(
    process.execPath,
    [...NODE_FLAGS, "--import", preload, "--import", "tsx", path.resolve(script)],
    {
      env,
      detached: true,
      stdio: ["ignore", log, log, "ipc"],
    },
  );
  closeSync(log);
  let isStopping = false;
  const exited = once(child, "exit");
  const ended = exited.then(([code, signal]): Promise<never> => {
    if (isStopping) return new Promise(() => {});
    const last = readFileSync(logFile, "utf8").trim().split("\n").at(-1)?.slice(0, 300) ?? "";
    throw new SetupProblem(
      `The ${name} exited unexpectedly (${signal ?? `exit code ${code}`}); ${logFile} ends with: ${last}`,
    );
  });
  ended.catch(() => {}); // callers that await it still get the rejection
  return {
    ended,
    message: once(child, "message").then(([message]: unknown[]) => message),
    stop: async () => {
      isStopping = true;
      if (hasExited(child)) return;
      child.kill("SIGTERM");
      const insist = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
      await exited;
      clearTimeout(insist);
    },
  };
}

const hasExited = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
