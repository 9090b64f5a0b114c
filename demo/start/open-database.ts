import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { checkDatabase } from "@/lib/platform/db/check-database";
import { startPostgres } from "@/lib/platform/db/embedded-postgres";
import { diskFull } from "@/lib/platform/db/postgres-data";
import { removeHome } from "@/lib/platform/db/postgres-home";
import { stopLeftover } from "@/lib/platform/db/postgres-leftover";
import { SetupProblem } from "@/lib/platform/setup-problem";

type DemoDatabase = {
  ownerUrl: string;
  /** Rejects with a one-sentence error if our server exits unasked. */
  ended: Promise<never>;
  /** An error's cause from the server's log, or the error itself. */
  explain(error: unknown): Promise<unknown>;
  stop(): Promise<void>;
};

const never = new Promise<never>(() => {});

/**
 * Starts the demo's own PostgreSQL, with its data in `home`.
 * @param signal aborts the start
 */
export async function openOwnDatabase(home: string, signal: AbortSignal): Promise<DemoDatabase> {
  const server = await startPostgres({ home, database: "runflow", signal });
  let isStopping = false;
  const ended = server.ended.then((): Promise<never> => {
    if (isStopping) return never;
    throw new SetupProblem(`PostgreSQL exited unexpectedly; its log is ${path.join(home, "log")}.`);
  });
  ended.catch(() => {}); // callers that await it still get the rejection
  return {
    ownerUrl: server.url,
    ended,
    explain: async (error) => {
      const log = await readFile(path.join(home, "log"), "utf8").catch(() => "");
      return log.includes("No space left on device") ? diskFull() : error;
    },
    stop: () => {
      isStopping = true;
      return server.stop();
    },
  };
}

/** Uses the server in DATABASE_URL. */
export async function openGivenDatabase(url: string): Promise<DemoDatabase> {
  await checkDatabase({ variable: "DATABASE_URL", url, as: "owner" });
  return {
    ownerUrl: url,
    ended: never,
    explain: (error) => Promise.resolve(error),
    stop: () => Promise.resolve(),
  };
}

/** Removes the demo's own PostgreSQL and its data; stops it first if it is running. */
export async function removeOwnDatabase(home: string): Promise<void> {
  const realHome = await realpath(home).catch(() => undefined);
  if (realHome) await stopLeftover(path.join(realHome, "18"));
  await removeHome(home);
}
