import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Image } from "./image";

type Options = {
  image: Image;
  /** The built folder. */
  folder: string;
  /** What to run in place of the image's entrypoint and command. */
  program?: string[];
  /** Arguments of the entrypoint, in place of the image's command. */
  command?: string[];
  env?: Record<string, string>;
  /** Folders that can be written to; the rest can't. */
  writable?: string[];
};

export type Container = {
  /** Its process 1, by the machine's numbers. */
  pid: number;
  /** Its output so far. */
  output(): string;
  /** Resolves with the exit code when the process has ended, or undefined if a signal ended it. */
  exited: Promise<number | undefined>;
  /** Does nothing once the process has ended. */
  signal(signal: NodeJS.Signals): void;
};

/** What Docker sets if the image doesn't. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * Starts the image's program as a container runtime does; `sandbox.sh` says how. It shares the network.
 */
export async function startContainer(options: Options): Promise<Container> {
  const { image, folder, program, command = image.command, env = {}, writable = [] } = options;
  const root = await mkdtemp(path.join(tmpdir(), "runflow-root-"));
  const { node, place } = findPlaces(image);
  const isolate = "--mount --propagation=private --pid --fork --kill-child=SIGKILL -- sh".split(" ");
  // Everyone but root needs a user namespace to mount something.
  if (process.getuid!() !== 0) isolate.unshift("--user", "--map-root-user");
  const roots = [root, path.resolve(folder), place, process.execPath, node];
  const user = [String(image.uid), String(image.gid), image.workdir, writable.join(" ")];
  const words = program ?? [...image.entrypoint, ...command];
  const script = path.resolve("test/sandbox.sh");
  const child = spawn("unshare", [...isolate, script, ...roots, ...user, "--", ...words], {
    // Nothing of the test's own environment.
    env: { PATH, ...image.env, ...env } as Record<string, string> as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  let isRunning = true;
  const exited = once(child, "close").then(async ([code]: (number | null)[]) => {
    isRunning = false;
    await rm(root, { recursive: true, force: true });
    return code ?? undefined;
  });
  const pid = await findFirstProcess(child);
  return {
    pid,
    output: () => output,
    exited,
    signal: (signal) => void (isRunning && process.kill(pid, signal)),
  };
}

/** Runs a program to its end. */
export async function runContainer(options: Options): Promise<{ code: number | undefined; output: string }> {
  const container = await startContainer(options);
  return { code: await container.exited, output: container.output() };
}

function findPlaces({ places, entrypoint }: Image): { node: string; place: string } {
  const [node = ""] = entrypoint;
  const place = places["/src/dist"];
  if (!place || !Object.values(places).includes(node)) throw new Error("The Dockerfile copies no program");
  return { node, place };
}

/** `unshare` stays outside and waits; its only child is process 1 of the new namespace. */
async function findFirstProcess({ pid, exitCode }: ChildProcess): Promise<number> {
  for (;;) {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
    const [first] = children.split(" ").filter(Boolean);
    if (first) return Number(first);
    if (exitCode !== null) throw new Error("unshare failed");
    await new Promise((resolve) => setImmediate(resolve));
  }
}
