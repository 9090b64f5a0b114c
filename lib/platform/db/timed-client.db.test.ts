import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { type FreezingProxy, startFreezingProxy } from "@/test/freezing-proxy";
import { createClient } from "./client";
import { findDatabaseFault } from "./is-unavailable";
import { openClient, openPool } from "./open-pool";

const database = useDatabase();
const STATEMENT_TIMEOUT_MS = 500;
const POOL_SIZE = 3;
let proxy: FreezingProxy;

beforeEach(async () => void (proxy = await startFreezingProxy(database().appUrl)));
afterEach(() => proxy.close());

const url = () => proxy.through(database().appUrl);
const options = () => ({ url: url(), applicationName: "frozen", statementTimeoutMs: STATEMENT_TIMEOUT_MS });
const faults = async (asked: Promise<unknown>[]) =>
  (await Promise.allSettled(asked)).map((one) =>
    one.status === "rejected" ? findDatabaseFault(one.reason) : "answered",
  );
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe("frozen connections", () => {
  test("Prisma: pending queries fail, later ones succeed", async () => {
    const db = createClient({ url: url(), poolSize: POOL_SIZE, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
    const ask = () => db.$queryRaw`SELECT pg_sleep(0.05)::text`;
    expect(await faults(times(POOL_SIZE, ask))).toEqual(times(POOL_SIZE, () => "answered"));
    expect(proxy.freeze()).toBe(POOL_SIZE);
    expect(await faults(times(POOL_SIZE, ask))).toEqual(times(POOL_SIZE, () => "silent"));
    expect(await faults(times(POOL_SIZE * 2, ask))).toEqual(times(POOL_SIZE * 2, () => "answered"));
    await db.$disconnect();
  });

  test("Prisma's transactions: same, even halfway through one", async () => {
    const db = createClient({ url: url(), poolSize: 1, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
    const change = (between: () => void) =>
      db.$transaction(
        async (tx) => {
          await tx.$queryRaw`SELECT 1`;
          between();
          await tx.$queryRaw`SELECT 1`;
        },
        { timeout: 60_000 },
      );
    expect(await faults([change(() => {})])).toEqual(["answered"]);
    expect(await faults([change(() => proxy.freeze())])).toEqual(["silent"]);
    expect(await faults([change(() => {})])).toEqual(["answered"]);
    await db.$disconnect();
  });

  test("connection reset at COMMIT: unreachable, although Prisma has no code for it", async () => {
    const db = createClient({ url: url(), poolSize: 1, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
    const change = db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1`;
      proxy.resetOnNextStatement();
    });
    await expect(change).rejects.toMatchObject({
      name: "DriverAdapterError",
      cause: { kind: "ConnectionClosed" },
    });
    expect(await faults([change])).toEqual(["unreachable"]);
    expect(await faults([db.$queryRaw`SELECT 1`])).toEqual(["answered"]);
    await db.$disconnect();
  });

  test.each([
    [
      "a pool of TimedClient: drops the frozen connection",
      () => openPool({ ...options(), max: 1 }),
      "answered",
    ],
    [
      "control, a pool of pg alone: keeps the frozen connection, so the next query hangs too",
      () => new pg.Pool({ connectionString: url(), max: 1, query_timeout: 1_000 }),
      "silent",
    ],
  ])("%s", async (_name, makePool, next) => {
    const pool = makePool();
    const ask = async () => {
      const client = await pool.connect();
      try {
        return await client.query("SELECT 1");
      } finally {
        client.release();
      }
    };
    expect(await faults([ask()])).toEqual(["answered"]);
    proxy.freeze();
    expect(await faults([ask()])).toEqual(["silent"]);
    expect(await faults([ask()])).toEqual([next]);
    await pool.end();
  });

  test("idle connection: can be closed", async () => {
    const client = openClient(options());
    await client.connect();
    await client.query("SELECT 1");
    proxy.freeze();
    await expect(client.end()).resolves.toBeUndefined();
  });
});

test("session: the server has its timeouts", async () => {
  const client = openClient({ ...options(), url: `${database().appUrl}?options=-c%20work_mem%3D5MB` });
  await client.connect();
  const { rows } = await client.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name = ANY($1)`,
    [
      [
        "client_connection_check_interval",
        "idle_in_transaction_session_timeout",
        "statement_timeout",
        "tcp_keepalives_idle",
        "tcp_user_timeout",
        "work_mem",
      ],
    ],
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    client_connection_check_interval: "5000",
    idle_in_transaction_session_timeout: "15000",
    statement_timeout: "500",
    tcp_keepalives_idle: "10",
    tcp_user_timeout: "15000",
    work_mem: "5120",
  });
  await client.end();
});
