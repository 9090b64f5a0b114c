import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { connectionConfig } from "@/lib/platform/db/connection-config";
import { TimedClient } from "@/lib/platform/db/timed-client";
import { useDatabase } from "@/test/database";
import { TracedPool } from "./traced-pool";
import { setTracing, type Tracing } from "./tracing";

const database = useDatabase();
const request = new AsyncLocalStorage<string>();

afterEach(() => setTracing(undefined));

/** Sends a statement from each of three requests over one connection; returns whose each of them was. */
async function sendOverOne(Pool: typeof pg.Pool): Promise<(string | undefined)[]> {
  const senders: (string | undefined)[] = [];
  setTracing({
    startStatement: (sql: string) => void (/mine/.test(sql) && senders.push(request.getStore())),
  } as unknown as Tracing);
  const options = { applicationName: "test", statementTimeoutMs: 10_000 };
  const config = connectionConfig({ url: database().appUrl, ...options });
  const pool = new Pool({ ...config, max: 1, Client: TimedClient });
  const names = ["first", "second", "third"];
  await Promise.all(names.map((name) => request.run(name, () => pool.query("SELECT 'mine'"))));
  await pool.end();
  return senders;
}

test("requests that wait for a connection: each statement belongs to its own request", async () => {
  expect(await sendOverOne(TracedPool)).toEqual(["first", "second", "third"]);
});

test("pg's own pool, the control: a waiting statement belongs to another request", async () => {
  expect(await sendOverOne(pg.Pool)).not.toEqual(["first", "second", "third"]);
});
