import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import path from "node:path";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { openClient } from "./open-pool";
import { diskFull, lastComplaint, type PostgresPlace } from "./postgres-data";
import { stopProcess } from "./postgres-leftover";

type Launch = PostgresPlace & {
  port: number;
  isThrowaway: boolean;
  readyUrl: string;
  /** Aborts the start and stops the server. */
  signal: AbortSignal | undefined;
};

/** Recovery after a crash may take minutes. */
const PATIENCE_MS = 300_000;

/**
 * Starts the server and waits until it accepts connections.
 * @throws SetupProblem with one sentence, or the signal's reason, after the server has ended
 */
export async function launchPostgres(launch: Launch): Promise<{ pid: number; ended: Promise<void> }> {
  const logFile = path.join(launch.home, "log");
  const log = await open(logFile, "w", 0o600);
  const child = spawn(path.join(launch.programs, "postgres"), ["-D", launch.data, ...settings(launch)], {
    ...launch.account,
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    cwd: "/",
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.on("error", () => resolve()).on("exit", () => resolve());
  }).then(() => void (hasEnded = true));
  await log.close();
  const { pid } = child;
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (pid !== undefined && !hasEnded) {
    const answer = await ask(launch.readyUrl);
    if (answer === "ready") {
      child.unref();
      return { pid, ended };
    }
    if (answer === "refused" || launch.signal?.aborted || performance.now() > giveUpAt) {
      await stopProcess(pid);
      launch.signal?.throwIfAborted();
      if (answer === "refused") throw refused(launch.data);
    } else await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw explain(launch.data, await readFile(logFile, "utf8"));
}

function settings({ port, isThrowaway }: Launch): string[] {
  const values = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    lc_messages: "C",
    ...(isThrowaway && { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** SQLSTATE class of refused logins, where waiting doesn't help. */
const WRONG_LOGIN = /^28/;

async function ask(url: string): Promise<"ready" | "not yet" | "refused"> {
  const client = openClient({ url, applicationName: "runflow-start", statementTimeoutMs: 5_000 });
  try {
    await client.connect();
    return "ready";
  } catch (error) {
    return WRONG_LOGIN.test((error as { code?: string }).code ?? "") ? "refused" : "not yet";
  } finally {
    await client.end().catch(() => {});
  }
}

const refused = (data: string) =>
  new SetupProblem(
    `The password kept for the data folder ${data} doesn't match its data. Start with \`-- --fresh\` to delete its contents and start over.`,
  );

function explain(data: string, log: string): SetupProblem {
  if (log.includes("No space left on device")) return diskFull();
  return new SetupProblem(
    `PostgreSQL could not start on the data folder ${data} (${lastComplaint(log)}). Start with \`-- --fresh\` to delete its contents and start over.`,
  );
}
