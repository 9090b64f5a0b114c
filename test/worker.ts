import { once } from "node:events";
import { TEST_ENCRYPTION_KEY, TEST_SIGNING_KEY } from "./server";
import { spawnScript } from "./spawn-script";

export type TestWorkerProcess = {
  pid: number;
  /** Its log so far. */
  output(): string;
  /** Stops it gracefully, as a deployment does, and returns its exit code. */
  stop(): Promise<number | null>;
  /** Kills it, as a crash or the kernel does: it finishes nothing. */
  kill(): Promise<void>;
};

/** Starts a worker process, and waits until it takes jobs. */
export async function startWorker(
  databaseUrl: string,
  env: Record<string, string> = {},
  folder = ".",
): Promise<TestWorkerProcess> {
  const child = spawnScript("worker.ts", {
    folder,
    env: {
      ...process.env,
      WORKER_DATABASE_URL: databaseUrl,
      ENCRYPTION_KEYS: TEST_ENCRYPTION_KEY,
      AUDIT_SIGNING_KEYS: TEST_SIGNING_KEY,
      ALLOW_PRIVATE_CALLBACKS: "true",
      LOG_LEVEL: "info",
      ...env,
    },
    stderr: "inherit",
  });
  let output = "";
  const ready = new Promise<boolean>((resolve) => {
    child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      if (output.length < 500_000) output += text;
      if (output.includes("the worker is ready")) resolve(true);
    });
  });
  const isReady = await Promise.race([ready, once(child, "exit").then(() => false)]);
  if (!isReady) throw new Error("the worker ended before it was ready");
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    pid: child.pid!,
    output: () => output,
    stop: () => end("SIGTERM"),
    kill: async () => void (await end("SIGKILL")),
  };
}
