import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { NODE_FLAGS } from "@/lib/platform/server/node-flags";

type Options = {
  /** The checkout whose script it is. */
  folder: string;
  env: NodeJS.ProcessEnv;
  stderr: "pipe" | "inherit";
};

/** Starts a script of `scripts/` as production does. It ends with this process, and starts in less time. */
export const spawnScript = (name: string, { folder, env, stderr }: Options): ChildProcess =>
  spawn(
    process.execPath,
    [
      ...NODE_FLAGS,
      "--import",
      path.resolve(folder, "scripts/end-with-parent.mjs"),
      "--import",
      "tsx",
      "--import",
      path.resolve(folder, "test/start-quickly.mjs"),
      path.resolve(folder, "scripts", name),
    ],
    { cwd: folder, env, stdio: ["ignore", "pipe", stderr, "ipc"] },
  );
