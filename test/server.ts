import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { findFreePort } from "@/lib/platform/db/free-port";
import { spawnScript } from "./spawn-script";

/** Default settings of every server under test. */
export const TEST_PROVIDER_SECRET = "provider-secret-for-tests-0123456789";

export const TEST_SIGNING_KEY = Buffer.alloc(32, "signs in tests").toString("base64");
export const TEST_ENCRYPTION_KEY = Buffer.alloc(32, "key for tests").toString("base64");

export type TestServerProcess = {
  baseUrl: string;
  pid: number;
  /** Its output so far, shown when a test fails. */
  output(): string;
  /** Stops it gracefully, as a deployment does, and returns its exit code. */
  stop(): Promise<number | null>;
  /** Kills it, as a crash or the kernel does: it finishes nothing. */
  kill(): Promise<void>;
};

type Options = {
  /** The database, with the application's login. */
  databaseUrl: string;
  /** How many processes share the database; by default 1. */
  processes?: number;
  /** Overrides of the test's environment. */
  env?: Record<string, string>;
  /** Another version's checkout, with its build. */
  folder?: string;
};

/** Starts the production build (after `next build`), and waits until every process answers /v1/health. */
export async function startServers({
  databaseUrl,
  processes = 1,
  env = {},
  folder = ".",
}: Options): Promise<TestServerProcess[]> {
  const started = await Promise.allSettled(
    Array.from({ length: processes }, () => startServer(databaseUrl, env, folder)),
  );
  const servers = started.filter((result) => result.status === "fulfilled").map((result) => result.value);
  const failure = started.find((result) => result.status === "rejected");
  if (!failure) return servers;
  await Promise.all(servers.map((server) => server.stop()));
  throw failure.reason;
}

async function startServer(
  databaseUrl: string,
  env: Record<string, string>,
  folder: string,
): Promise<TestServerProcess> {
  // Sign-in redirects use this address, so the server must know its port before it listens.
  const chosenPort = await findFreePort();
  const child = spawnScript("serve.ts", {
    folder,
    env: { ...testSettings(databaseUrl, chosenPort), ...env },
    stderr: "pipe",
  });
  const output = keepLast(200_000);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => output.add(text));
  }
  const port = await Promise.race([toldPort(child), once(child, "exit").then(() => undefined)]);
  if (port === undefined) throw new Error(`The server ended before it listened:\n${output.read()}`);
  const baseUrl = `http://127.0.0.1:${port}`;
  await waitUntilHealthy(baseUrl);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    baseUrl,
    pid: child.pid!,
    output: output.read,
    stop: () => end("SIGTERM"),
    kill: async () => void (await end("SIGKILL")),
  };
}

/** Keeps the newest output in pieces, because joining them under load costs more than the requests. */
function keepLast(characters: number) {
  const pieces: string[] = [];
  let size = 0;
  return {
    add: (text: string) => {
      pieces.push(text);
      size += text.length;
      while (size - pieces[0]!.length >= characters) size -= pieces.shift()!.length;
    },
    read: () => pieces.join(""),
  };
}

/** The environment of a server under test. */
export function testSettings(databaseUrl: string, port: number): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    NEXTAUTH_SECRET: "nextauth-secret-for-tests-0123456789",
    NEXTAUTH_URL: `http://127.0.0.1:${port}`,
    CURSOR_SECRET: "cursor-secret-for-tests-0123456789",
    PROVIDER_SECRETS: TEST_PROVIDER_SECRET,
    ENCRYPTION_KEYS: TEST_ENCRYPTION_KEY,
    ALLOW_PRIVATE_CALLBACKS: "true",
    RATE_LIMIT_PER_MINUTE: "600000",
    REFUSALS_PER_MINUTE: "600000",
    // Browser tests share a sign-in for longer than people would.
    STEP_UP_MINUTES: "720",
    // Most tests have no load balancer.
    DRAIN_SECONDS: "0",
    HOST: "127.0.0.1",
    PORT: String(port),
    LOG_LEVEL: "warn",
  };
}

async function toldPort(child: ChildProcess): Promise<number> {
  const [message] = (await once(child, "message")) as [{ port: number }];
  return message.port;
}

async function waitUntilHealthy(baseUrl: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await fetch(`${baseUrl}/v1/health`).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error(`${baseUrl}/v1/health answers ${answer?.status ?? "nothing"}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
