import type pg from "pg";
import { openPool } from "@/lib/platform/db/open-pool";
import { env } from "@/lib/platform/env/env";
import { logFault } from "@/lib/platform/log-fault";

const shared = globalThis as { runflowLimitPool?: pg.Pool };

/** Separate and impatient: neither a slow database nor a full pool may hold up requests that only count. */
const pool = (): pg.Pool =>
  (shared.runflowLimitPool ??= openPool({
    url: env().DATABASE_URL,
    applicationName: "runflow-limits",
    statementTimeoutMs: 1_000,
    connectionTimeoutMs: 1_000,
    max: 2,
  }));

/** Where rate limiters keep the counts that all processes share. */
export const limitStore = {
  async query(statement: pg.QueryConfig): Promise<pg.QueryResult> {
    try {
      return await pool().query(statement);
    } catch (error) {
      logFault(
        "rate_limits",
        "rate limits hold per process only, because their counts can't be shared",
        error,
      );
      throw error;
    }
  },
};
