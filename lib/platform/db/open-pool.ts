import type { EventEmitter } from "node:events";
import pg from "pg";
import { type ConnectionOptions, connectionConfig } from "./connection-config";
import { LOST, TimedClient } from "./timed-client";

type PoolOptions = ConnectionOptions & {
  max: number;
  /** The outcome of a query is unknown. */
  onLost?: () => void;
};

/** A pool of connections with timeouts. One that breaks is replaced; the query under way, or the next one, tells. */
export function openPool({ max, onLost = () => {}, ...options }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({ ...connectionConfig(options), max, Client: TimedClient });
  pool.on("error", () => {});
  pool.on("connect", (client: EventEmitter) => client.on("error", () => {}).on(LOST, onLost));
  return pool;
}

/** A connection of its own with timeouts; the query under way, or the next one, tells that it broke. */
export function openClient(options: ConnectionOptions): pg.Client {
  return new TimedClient(connectionConfig(options)).on("error", () => {});
}
