import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Stops a server that still runs on the data folder because its starter was killed. The caller ensures that
 * only one command uses a folder, so any running server is a leftover.
 */
export async function stopLeftover(dataFolder: string): Promise<void> {
  const pidFile = path.join(dataFolder, "postmaster.pid");
  const pid = Number.parseInt(await readFile(pidFile, "utf8").catch(() => ""), 10);
  if (!(pid > 0)) return;
  if (isRunning(pid) && commandOf(pid).includes(dataFolder)) await stopProcess(pid);
  // After a reboot the pid may belong to any process, and PostgreSQL would refuse to start because of it.
  else await rm(pidFile, { force: true });
}

/** Requests a fast shutdown, then kills; resolves when the process is gone. */
export async function stopProcess(pid: number): Promise<void> {
  signal(pid, "SIGINT");
  for (let waitedMs = 0; isRunning(pid); waitedMs += 25) {
    if (waitedMs === 15_000) signal(pid, "SIGQUIT");
    if (waitedMs === 20_000) signal(pid, "SIGKILL");
    if (waitedMs === 30_000) throw new Error(`PostgreSQL (process ${pid}) does not end`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A process that has exited but wasn't reaped by its parent counts as ended. */
export function isRunning(pid: number): boolean {
  if (!signal(pid, 0)) return false;
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}

/** The process's command line, empty if unknown. */
export function commandOf(pid: number): string {
  try {
    if (process.platform === "linux")
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
