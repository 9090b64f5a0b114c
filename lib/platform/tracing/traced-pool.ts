import { AsyncResource } from "node:async_hooks";
import pg from "pg";
import { tracing } from "./tracing";

type Callback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: boolean | Error) => void,
) => void;

/**
 * A pool whose statements belong to the request that sent them. pg calls a waiting request back from the one
 * that returns the connection, in that one's asynchronous context.
 */
export class TracedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<pg.PoolClient> | void {
    if (!callback) return super.connect();
    return super.connect(tracing() ? AsyncResource.bind(callback) : callback);
  }
}
