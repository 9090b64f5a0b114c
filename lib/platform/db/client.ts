import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@/generated/prisma/client";
import { env } from "@/lib/platform/env/env";
import { openPool } from "./open-pool";
import { pools } from "./pools";

/** The process's client, or one of its transactions. */
export type Db = Prisma.TransactionClient;

/** Marks SQL whose text varies per call: preparing every variant would fill the server's memory. */
export const UNPREPARED = "/* unprepared */";

type Options = {
  url: string;
  poolSize: number;
  statementTimeoutMs?: number;
  /** PostgreSQL settings for each connection. */
  settings?: Record<string, string | number>;
  /** Names its pool in the metrics. */
  name?: string;
};

/**
 * Waiting for a connection and then its response takes at most 4 + 15 s, less than a request's 20 s, even if
 * every pooled connection is dead.
 */
export const CONNECTION_TIMEOUT_MS = 4_000;
const STATEMENT_TIMEOUT_MS = 10_000;

export function createClient({
  url,
  poolSize,
  statementTimeoutMs = STATEMENT_TIMEOUT_MS,
  settings = {},
  name,
}: Options): PrismaClient {
  const pool = openPool({
    url,
    applicationName: "runflow-console",
    statementTimeoutMs,
    connectionTimeoutMs: CONNECTION_TIMEOUT_MS,
    settings,
    max: poolSize,
  });
  if (name !== undefined) pools().set(name, pool);
  return new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: nameStatement, disposeExternalPool: true }),
    // A transaction waits for a connection as long as a single statement does.
    transactionOptions: { maxWait: CONNECTION_TIMEOUT_MS, timeout: statementTimeoutMs },
  });
}

/** Prepared statements, named by the hash of their text, are parsed and planned once per connection. */
function nameStatement({ sql }: { sql: string }): string {
  if (sql.includes(UNPREPARED)) return "";
  let name = names.get(sql);
  if (name === undefined) {
    name = createHash("sha1").update(sql).digest("hex");
    if (names.size < 1_000) names.set(sql, name);
  }
  return name;
}

const names = new Map<string, string>();

const shared = globalThis as { runflowDb?: PrismaClient; runflowListDb?: PrismaClient };

/**
 * The process's client for everything but lists. On globalThis, so that a hot reload in development doesn't
 * open a second pool.
 */
export function db(): PrismaClient {
  return (shared.runflowDb ??= createClient({
    url: env().DATABASE_URL,
    poolSize: env().DATABASE_POOL_SIZE,
    name: "main",
  }));
}

const LIST_POOL_SIZE = 4;
const LIST_TIMEOUT_MS = 4_000;

/**
 * The process's client for lists: a separate small pool, so that slow lists can't block sign-ins or cancels.
 * Used through `withListPool`.
 */
export function listDb(): PrismaClient {
  return (shared.runflowListDb ??= createClient({
    url: env().DATABASE_URL,
    poolSize: LIST_POOL_SIZE,
    statementTimeoutMs: LIST_TIMEOUT_MS,
    name: "lists",
  }));
}
