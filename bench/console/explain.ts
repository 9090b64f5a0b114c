import type pg from "pg";
import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";

/** Leaves out values that vary from run to run, so that a changed plan shows. */
const EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF)";

/**
 * A client for reading verbs that runs their raw statements and records each plan. Queries through Prisma
 * models, single rows by key, pass to the client unchanged. A first run loads the data into memory, so that
 * the plan's page counts don't depend on where pages came from.
 */
export function explainTo(plans: string[], pool: pg.Pool, client: Db): Db {
  const $queryRaw = async (query: Prisma.Sql | TemplateStringsArray, ...values: unknown[]) => {
    const { text, values: bound } = query instanceof Prisma.Sql ? query : Prisma.sql(query, ...values);
    const { rows } = await pool.query<Record<string, unknown>>(text, bound);
    const plan = await pool.query<{ "QUERY PLAN": string }>(`${EXPLAIN} ${text}`, bound);
    plans.push(plan.rows.map((row) => row["QUERY PLAN"]).join("\n"));
    return rows;
  };
  const get = (target: Db, name: string | symbol): unknown =>
    name === "$queryRaw" ? $queryRaw : Reflect.get(target, name);
  return new Proxy(client, { get });
}
