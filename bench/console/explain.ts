import type pg from "pg";
import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";

/** What changes by itself from one time to the next stays out, so that a plan that changes is seen. */
const EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF)";

/**
 * A client for verbs that only read: it runs their raw statements as they are, and keeps the plan of each. What they ask
 * through models, single rows by their keys, goes to the client as it is.
 * A first run brings what is read into memory, so that the plan counts the pages and not where they came from.
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
