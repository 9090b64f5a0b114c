import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum, type SqlQuery } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { openClient, openPool } from "./open-pool";

/** A migration has no time limit. */
const MIGRATING = { applicationName: "runflow-migrate", statementTimeoutMs: 0 };

/** While a migration waits for a table, every request for that table waits behind it. */
const LOCK_TIMEOUT_MS = 3_000;
const LOCK_ATTEMPTS = 30;
/** Lets the requests through in between. */
const LOCK_PAUSE_MS = 1_000;
const LOCK_NOT_AVAILABLE = "55P03";

type PgAdapter = Awaited<ReturnType<PrismaPg["connect"]>>;

/**
 * Prisma's PostgreSQL adapter with fixes for the schema engine. The published adapter:
 * - cuts a script at every semicolon, even inside a function's body or a comment. Sent whole, PostgreSQL
 *   parses it and runs it as one transaction, so a migration applies entirely or not at all;
 * - doesn't know the type "char", which PostgreSQL's catalog returns;
 * - opens the shadow database by name in addition to a connection string, which takes precedence, so that the
 *   shadow is the database itself;
 * - leaves its pools open.
 */
export class MigrationPg extends PrismaPg {
  readonly #databaseUrl: string;
  readonly #pools: pg.Pool[] = [];
  readonly #shadows: string[] = [];

  constructor(databaseUrl: string) {
    super({ connectionString: databaseUrl });
    this.#databaseUrl = databaseUrl;
  }

  override connect(): Promise<PgAdapter> {
    return this.#open(this.#databaseUrl);
  }

  override async connectToShadowDb(): Promise<PgAdapter> {
    const name = `shadow_${randomUUID().replaceAll("-", "")}`;
    await this.#execute(`CREATE DATABASE ${name}`);
    this.#shadows.push(name);
    const url = new URL(this.#databaseUrl);
    url.pathname = name;
    return this.#open(url.href);
  }

  /** Closes every connection and drops the shadow databases. */
  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()));
    for (const name of this.#shadows) await this.#execute(`DROP DATABASE ${name} WITH (FORCE)`);
  }

  async #open(url: string): Promise<PgAdapter> {
    const pool = openPool({ ...MIGRATING, url, max: 2 });
    this.#pools.push(pool);
    const adapter = await new PrismaPg(pool).connect();
    adapter.executeScript = (script) =>
      runScript(pool, script).catch((error: unknown) => adapter["onError"](error));
    return readCharColumns(adapter);
  }

  async #execute(sql: string): Promise<void> {
    const client = openClient({ ...MIGRATING, url: this.#databaseUrl });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}

/** Gives way when a lock takes too long, and tries again: a script is one transaction, so nothing is left. */
async function runScript(pool: pg.Pool, script: string): Promise<void> {
  // An index built concurrently waits for old transactions, and keeps nobody waiting.
  const timeoutMs = /\bCONCURRENTLY\b/i.test(script) ? 0 : LOCK_TIMEOUT_MS;
  const client = await pool.connect();
  try {
    await client.query(`SET lock_timeout = ${timeoutMs}`);
    for (let attempt = 1; ; attempt++) {
      try {
        return void (await client.query(script));
      } catch (error) {
        if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE || attempt >= LOCK_ATTEMPTS) throw error;
        await setTimeout(LOCK_PAUSE_MS);
      }
    }
  } finally {
    await client.query("RESET lock_timeout").catch(() => {});
    client.release();
  }
}

const CHAR = 18;
const TEXT = 25;

function readCharColumns(adapter: PgAdapter): PgAdapter {
  const charColumns = new WeakMap<SqlQuery, number[]>();
  const performIO = adapter["performIO"].bind(adapter) as (query: SqlQuery) => Promise<pg.QueryResult>;
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter["performIO"] = async (query: SqlQuery) => {
    const result = await performIO(query);
    const fields = result.fields ?? [];
    charColumns.set(
      query,
      [...fields.keys()].filter((index) => fields[index]?.dataTypeID === CHAR),
    );
    for (const field of fields) if (field.dataTypeID === CHAR) field.dataTypeID = TEXT;
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}
