import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { networkInterfaces, tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EmbeddedPostgres, startPostgres } from "./embedded-postgres";
import { removeHome } from "./postgres-home";
import { isRunning } from "./postgres-leftover";

let folder: string;
let home: string;
let running: EmbeddedPostgres[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "embedded-"));
  await chmod(folder, 0o711);
  home = path.join(folder, "postgres");
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  await removeHome(home);
  await rm(folder, { recursive: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startPostgres({ home, database: "console", isThrowaway: true });
  running.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ value: unknown }>(sql);
    return rows[0]?.value;
  } finally {
    await client.end();
  }
}

test("embedded PostgreSQL: version 18, UTF-8, UTC, loopback only, with a password", async () => {
  const { url } = await start();
  expect(await query(url, "SELECT current_setting('server_version') AS value")).toMatch(/^18\./);
  expect(
    await query(
      url,
      "SELECT concat_ws(' ', current_setting('server_encoding'), current_setting('TimeZone')) AS value",
    ),
  ).toBe("UTF8 UTC");
  expect(await query(url, "SELECT upper('é ж') AS value")).toBe("É Ж");
  const wrong = new URL(url);
  wrong.password = "wrong";
  await expect(query(wrong.href, "SELECT 1 AS value")).rejects.toMatchObject({ code: "28P01" });
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === "IPv4" && !address.internal);
  if (!outside) return;
  const fromOutside = new URL(url);
  fromOutside.hostname = outside.address;
  await expect(query(fromOutside.href, "SELECT 1 AS value")).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

const TRIGRAMS = "SELECT array_length(show_trgm('щщщ'), 1) AS value";

test("trigram index: knows the letters of every script", async () => {
  const { url } = await start();
  await query(url, "CREATE EXTENSION pg_trgm");
  expect(await query(url, TRIGRAMS)).toBe(4);
});

test("data folder with LC_CTYPE C, from earlier versions: upgraded to UTF-8", async () => {
  const first = await start();
  await query(first.url, "CREATE EXTENSION pg_trgm");
  await query(first.url, "UPDATE pg_database SET datctype = 'C'");
  expect(await query(first.url, TRIGRAMS)).toBeNull();
  await first.stop();
  const second = await start();
  expect(await query(second.url, TRIGRAMS)).toBe(4);
});

test("password: readable by the owner only", async () => {
  const { url } = await start();
  const file = path.join(home, "password");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, "utf8")).toBe(new URL(url).password);
});

test("second start: finds the data", async () => {
  const first = await start();
  await query(first.url, "CREATE TABLE kept AS SELECT 42 AS value");
  await first.stop();
  const second = await start();
  expect(await query(second.url, "SELECT value FROM kept")).toBe(42);
});

test("server left by a killed command: stopped by the next start", async () => {
  const left = await start();
  await query(left.url, "CREATE TABLE kept AS SELECT 42 AS value");
  const next = await start();
  await left.ended;
  expect(next.pid).not.toBe(left.pid);
  expect(await query(next.url, "SELECT value FROM kept")).toBe(42);
});

test("lock file of an unrelated process: ignored", async () => {
  const first = await start();
  await first.stop();
  await writeFile(path.join(home, "18/postmaster.pid"), `${process.pid}\n`);
  await expect(start()).resolves.toMatchObject({ url: expect.any(String) as string });
});

test.each([
  ["is missing", undefined, "is not a PostgreSQL data folder"],
  ["differs", "17\n", "is from PostgreSQL 17, not 18"],
])("data folder whose version %s: explained in one sentence", async (_what, version, sentence) => {
  await (await start()).stop();
  const file = path.join(home, "18/PG_VERSION");
  await (version ? writeFile(file, version) : rm(file));
  await expect(start()).rejects.toMatchObject({
    name: "SetupProblem",
    message: expect.stringContaining(sentence) as string,
  });
});

test("data folder that PostgreSQL can't read: explained in one sentence", async () => {
  await (await start()).stop();
  await rm(path.join(home, "18/global/pg_control"));
  const sentence = /^PostgreSQL could not start on the data folder .+pg_control.+ and start over\.$/;
  await expect(start()).rejects.toMatchObject({
    name: "SetupProblem",
    message: expect.stringMatching(sentence) as string,
  });
});

test("wrong password for the data folder: explained in one sentence; leaves no process", async () => {
  const { pid } = await start();
  await running.pop()!.stop();
  await writeFile(path.join(home, "password"), "another", { mode: 0o600 });
  const sentence = /^The password kept for the data folder .+ and start over\.$/;
  await expect(start()).rejects.toMatchObject({
    name: "SetupProblem",
    message: expect.stringMatching(sentence) as string,
  });
  expect(isRunning(pid)).toBe(false);
  await expect(stat(path.join(home, "18/postmaster.pid"))).rejects.toMatchObject({ code: "ENOENT" });
});

test("interrupted start: stops the server", async () => {
  const reason = new Error("interrupted");
  const options = { home, database: "console", isThrowaway: true, signal: AbortSignal.abort(reason) };
  await expect(startPostgres(options)).rejects.toBe(reason);
  await expect(stat(path.join(home, "18/postmaster.pid"))).rejects.toMatchObject({ code: "ENOENT" });
});
