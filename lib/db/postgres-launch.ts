import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { SetupProblem } from "@/lib/setup-problem";
import { diskFull, lastComplaint, type PostgresPlace } from "./postgres-data";
import { stopProcess } from "./postgres-leftover";

type Launch = PostgresPlace & { port: number; isThrowaway: boolean; readyUrl: string };

/** Starts the server and waits until it takes connections; a crash before may mean minutes of recovery. */
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
  for (let waitedMs = 0; pid !== undefined && !hasEnded; waitedMs += 25) {
    if (await answers(launch.readyUrl)) {
      child.unref();
      return { pid, ended };
    }
    if (waitedMs > 300_000) await stopProcess(pid);
    await new Promise((resolve) => setTimeout(resolve, 25));
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

/** @throws when the server answers and refuses for good, such as for a wrong password */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function explain(data: string, log: string): SetupProblem {
  if (log.includes("No space left on device")) return diskFull();
  return new SetupProblem(
    `PostgreSQL could not start on the data folder ${data} (${lastComplaint(log)}); start with \`-- --fresh\` to start over, which deletes what is in it.`,
  );
}
