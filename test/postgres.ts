import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, realpath, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { startPostgres } from "@/lib/platform/db/embedded-postgres";
import { migrate } from "@/lib/platform/db/migrate";
import { removeHome } from "@/lib/platform/db/postgres-home";
import { isRunning, stopLeftover } from "@/lib/platform/db/postgres-leftover";

/** Shared by the processes of a test run: a server with a migrated template, and the application's logins. */
export type TestServer = {
  ownerUrl: string;
  template: string;
  /** The web server's and the worker's login; both use the password. */
  webRole: string;
  workerRole: string;
  password: string;
};

/**
 * Starts a PostgreSQL for one test run, or uses TEST_DATABASE_URL, and creates the template database.
 * Processes started afterwards find it with `testServer()`.
 * @returns a function that stops the server, or drops the databases created on it
 */
export async function startTestServer(): Promise<() => Promise<void>> {
  const given = process.env["TEST_DATABASE_URL"];
  const own = given ? undefined : await startThrowawayPostgres();
  const ownerUrl = given ?? own!.url;
  const name = `runflow_test_${randomBytes(5).toString("hex")}`;
  const server = {
    ownerUrl,
    template: `${name}_template`,
    webRole: `${name}_web`,
    workerRole: `${name}_worker`,
    password: randomBytes(12).toString("hex"),
  };
  await onServer(ownerUrl, `CREATE DATABASE ${server.template}`);
  await migrate(databaseUrl(server, server.template));
  await onServer(
    ownerUrl,
    `CREATE ROLE ${server.webRole} LOGIN PASSWORD '${server.password}' IN ROLE console_web;
     CREATE ROLE ${server.workerRole} LOGIN PASSWORD '${server.password}' IN ROLE console_worker`,
  );
  process.env["TEST_SERVER"] = JSON.stringify(server);
  return async () => {
    if (own) return own.stop();
    await onServer(ownerUrl, `DROP DATABASE ${server.template} WITH (FORCE)`);
    await onServer(ownerUrl, `DROP ROLE ${server.webRole}, ${server.workerRole}`);
  };
}

type ThrowawayPostgres = { url: string; pid: number; home: string; stop(): Promise<void> };

const FOLDER = "runflow-test-";

/** A separate PostgreSQL for tests that stop it. Empty: not migrated, without the application's logins. */
export async function startThrowawayPostgres(): Promise<ThrowawayPostgres> {
  await removeLeftovers();
  const folder = await mkdtemp(path.join(await findPlace(), `${FOLDER}${process.pid}-`));
  await chmod(folder, 0o755); // so that PostgreSQL's own user can enter when root runs the tests
  const home = path.join(folder, "postgres");
  const server = await startPostgres({ home, database: "tests", isThrowaway: true });
  const stop = async () => {
    await server.stop();
    await removeHome(home);
    await rm(folder, { recursive: true, force: true });
  };
  return { ...server, home, stop };
}

/** Files in memory (Linux): a test run creates and drops hundreds of databases, which is slow on disk. */
const MEMORY = "/dev/shm";
const ENOUGH_BYTES = 4 * 2 ** 30;

async function findPlace(): Promise<string> {
  const free = await statfs(MEMORY).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return free >= ENOUGH_BYTES ? MEMORY : tmpdir();
}

/** Stops a server that a killed run left behind. */
async function removeLeftovers(): Promise<void> {
  for (const place of [MEMORY, tmpdir()])
    for (const name of await readdir(place).catch(() => [])) {
      const pid = Number(name.startsWith(FOLDER) && name.slice(FOLDER.length).split("-")[0]);
      if (!pid || isRunning(pid)) continue;
      const folder = path.join(place, name);
      const home = path.join(folder, "postgres");
      await stopLeftover(path.join(await realpath(home).catch(() => home), "18")).catch(() => {});
      await removeHome(home).catch(() => {});
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
}

export function testServer(): TestServer {
  const text = process.env["TEST_SERVER"];
  if (!text) throw new Error("No test server: startTestServer() must run in the global setup");
  return JSON.parse(text) as TestServer;
}

/** The URL of a database on the test server, as its owner or with the given login. */
export function databaseUrl(
  server: TestServer,
  database: string,
  login?: { user: string; password: string },
): string {
  const url = new URL(server.ownerUrl);
  url.pathname = database;
  if (login) Object.assign(url, { username: login.user, password: login.password });
  return url.href;
}

export async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
