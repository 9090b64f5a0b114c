import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import type { PrismaClient } from "@/generated/prisma/client";
import { createClient } from "@/lib/platform/db/client";
import { databaseUrl, onServer, testServer } from "./postgres";

export type TestDatabase = {
  name: string;
  ownerUrl: string;
  /** DATABASE_URL of a server under test. */
  appUrl: string;
  /** WORKER_DATABASE_URL of a worker under test. */
  workerUrl: string;
  /** SQL as the owner, who may do more than the application. */
  owner: pg.Pool;
  /** SQL as the web server's role. */
  app: pg.Pool;
  /** SQL as the worker's role. */
  worker: pg.Pool;
  /** Prisma as the web server's role, which most verbs use. */
  db: PrismaClient;
  /** Prisma as the worker's role. */
  workerDb: PrismaClient;
  /** Closes the connections and keeps the database, which can then be cloned. */
  close(): Promise<void>;
  drop(): Promise<void>;
};

/**
 * Gives the tests of one file a migrated, empty database, made before the first and dropped after the last.
 * @returns a getter for use in tests and hooks
 */
export function useDatabase(): () => TestDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => void (database = await cloneDatabase()));
  afterAll(async () => await database?.drop());
  return () => {
    if (!database) throw new Error("useDatabase(): the database exists only inside tests and hooks");
    return database;
  };
}

/**
 * Clones the migrated template, or a closed database, in about 50 ms. The caller drops it.
 * @param template a database without connections
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

/** When a test stops PostgreSQL, idle connections break too; that must not end the test's process. */
function openPool(connectionString: string): pg.Pool {
  return new pg.Pool({ connectionString, max: 20 }).on("error", () => {});
}
