import path from "node:path";
import { findFreePort } from "./free-port";
import { giveCtype } from "./give-ctype";
import { initializeData, readPassword } from "./postgres-data";
import { openClient } from "./open-pool";
import { postgresAccount } from "./postgres-account";
import { findPrograms, openHome } from "./postgres-home";
import { launchPostgres } from "./postgres-launch";
import { stopLeftover, stopProcess } from "./postgres-leftover";

type Options = {
  /** Holds everything: the data in `18/`, the owner's password, the log of the last start. */
  home: string;
  /** Created if it is missing. */
  database: string;
  /** For tests: faster, but a power cut loses data. */
  isThrowaway?: boolean;
  /** By default, a free one. */
  port?: number;
  /** Aborts the start. */
  signal?: AbortSignal;
};

export type EmbeddedPostgres = {
  /** The database's URL, as its owner (a superuser of this server). */
  url: string;
  pid: number;
  /** Resolves when the server has ended, for any reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts a real PostgreSQL from its npm package: loopback only, a free port, a random password, SCRAM. It
 * runs in its own session, so that Ctrl-C doesn't stop it before its clients.
 * @throws SetupProblem with one sentence, or the signal's reason
 */
export async function startPostgres({
  home,
  database,
  isThrowaway = false,
  port: wantedPort,
  signal,
}: Options): Promise<EmbeddedPostgres> {
  const account = postgresAccount();
  const programs = await findPrograms(account);
  const realHome = await openHome(home, account);
  const place = { programs, account, home: realHome, data: path.join(realHome, "18") };
  await initializeData(place);
  const password = await readPassword(place);
  await stopLeftover(place.data);
  const port = wantedPort ?? (await findFreePort());
  const url = (name: string) => `postgresql://owner:${password}@127.0.0.1:${port}/${name}`;
  const server = await launchPostgres({ ...place, port, isThrowaway, readyUrl: url("postgres"), signal });
  try {
    await giveCtype(url("postgres"));
    await ensureDatabase(url("postgres"), database);
  } catch (error) {
    await stopProcess(server.pid);
    throw error;
  }
  return { ...server, url: url(database), stop: () => stopProcess(server.pid) };
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = openClient({ url, applicationName: "runflow-start", statementTimeoutMs: 0 });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
