import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@/generated/prisma/client";
import { env } from "@/lib/env";

/** What verbs run on: the process's client, or a transaction of it. */
export type Db = Prisma.TransactionClient;

/** Marks SQL whose text varies from call to call; preparing each variant would fill the server's memory. */
export const UNPREPARED = "/* unprepared */";

type Options = { url: string; poolSize: number };

export function createClient({ url, poolSize }: Options): PrismaClient {
  const pool = {
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    application_name: "runflow-console",
  };
  return new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: nameStatement }) });
}

/** A prepared statement is parsed and planned once per connection: its name is the hash of its text. */
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

const shared = globalThis as { runflowDb?: PrismaClient };

/** The process's one client; kept on globalThis so that a development reload doesn't open a second pool. */
export function db(): PrismaClient {
  return (shared.runflowDb ??= createClient({ url: env().DATABASE_URL, poolSize: env().DATABASE_POOL_SIZE }));
}
