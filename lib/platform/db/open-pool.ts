import type { EventEmitter } from "node:events";
import type pg from "pg";
import { TracedPool } from "@/lib/platform/tracing/traced-pool";
import { type ConnectionOptions, connectionConfig } from "./connection-config";
import { LOST, TimedClient } from "./timed-client";

type PoolOptions = ConnectionOptions & {
  max: number;
  /** Called when a query's outcome is unknown. */
  onLost?: () => void;
};

/** A connection pool with timeouts. Replaces a broken connection; its current or next query fails. */
export function openPool({ max, onLost = () => {}, ...options }: PoolOptions): pg.Pool {
  const pool = new TracedPool({ ...connectionConfig(options), max, Client: TimedClient });
  pool.on("error", () => {});
  pool.on("connect", (client: EventEmitter) => client.on("error", () => {}).on(LOST, onLost));
  return pool;
}

/** A single connection with timeouts. If it breaks, its current or next query fails. */
export function openClient(options: ConnectionOptions): pg.Client {
  return new TimedClient(connectionConfig(options)).on("error", () => {});
}
