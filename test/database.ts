import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import type { PrismaClient } from "@/generated/prisma/client";
import { createClient } from "@/lib/platform/db/client";
import { databaseUrl, onServer, testServer } from "./postgres";

export type TestDatabase = {
  name: string;
  ownerUrl: string;
  /** The address that a server under test gets as DATABASE_URL. */
  appUrl: string;
  /** The address that a worker under test gets as WORKER_DATABASE_URL. */
  workerUrl: string;
  /** SQL as the owner, who may also do what the application may not. */
  owner: pg.Pool;
  /** SQL as the web server's role. */
  app: pg.Pool;
  /** SQL as the worker's role. */
  worker: pg.Pool;
  /** Prisma as the web server's role: what most verbs run on. */
  db: PrismaClient;
  /** Prisma as the worker's role. */
  workerDb: PrismaClient;
  /** Ends the connections and keeps the database: it can then be cloned in turn. */
  close(): Promise<void>;
  drop(): Promise<void>;
};

/**
 * A migrated, empty database of its own for the tests of one file, made before the first and dropped after the last.
 * @returns what gives the database inside tests and hooks
 */
export function useDatabase(): () => TestDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => void (database = await cloneDatabase()));
  afterAll(async () => await database?.drop());
  return () => {
    if (!database) throw new Error("the database is there once the tests of the file run");
    return database;
  };
}

/**
 * A clone of the migrated template, or of a closed database: some 50 ms. Whoever makes it drops it.
 * @param template the name of a database to which nobody is connected
 */
export async function cloneDatabase(template?: string): Promise<TestDatabase> {
  const server = testServer();
  const name = `${server.template}_${randomBytes(5).toString("hex")}`;
  await onServer(
    server.ownerUrl,
    `CREATE DATABASE ${name} TEMPLATE ${template ?? server.template} STRATEGY FILE_COPY`,
  );
  const ownerUrl = databaseUrl(server, name);
  const appUrl = databaseUrl(server, name, { user: server.webRole, password: server.password });
  const workerUrl = databaseUrl(server, name, { user: server.workerRole, password: server.password });
  const owner = openPool(ownerUrl);
  const app = openPool(appUrl);
  const worker = openPool(workerUrl);
  const db = createClient({ url: appUrl, poolSize: 20 });
  const workerDb = createClient({ url: workerUrl, poolSize: 5 });
  let closed: Promise<unknown> | undefined;
  const close = async () => {
    closed ??= Promise.all([owner.end(), app.end(), worker.end(), db.$disconnect(), workerDb.$disconnect()]);
    await closed;
  };
  return {
    name,
    ownerUrl,
    appUrl,
    workerUrl,
    owner,
    app,
    worker,
    db,
    workerDb,
    close,
    drop: async () => {
      await close();
      await onServer(server.ownerUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** A test that stops PostgreSQL breaks idle connections too; that must not end the test's process. */
function openPool(connectionString: string): pg.Pool {
  return new pg.Pool({ connectionString, max: 20 }).on("error", () => {});
}
