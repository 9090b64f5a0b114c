import pg from "pg";
import { traceQuery } from "@/lib/platform/tracing/trace-query";
import { findDatabaseFault } from "./is-unavailable";

/** The most that closing a connection may take. */
const GOODBYE_MS = 2_000;

/** pg's error for a query without a response within `query_timeout`. */
const NO_ANSWER = "Query read timeout";

/** Emitted when a query's outcome is unknown: the server may have run it. */
export const LOST = "lost";

/**
 * A connection that is destroyed if a query gets no response in time. pg alone only gives up the query, so
 * that the dead connection returns to its pool and the next query hangs too.
 */
export class TimedClient extends pg.Client {
  override query(...args: never[]): never {
    const query = super.query as unknown as (...args: unknown[]) => unknown;
    const result = traceQuery(args, (traced) => query.apply(this, traced));
    if (result instanceof Promise) {
      result.catch((error: unknown) => {
        if (error instanceof Error && error.message === NO_ANSWER) this.connection.stream.destroy(error);
        const fault = findDatabaseFault(error);
        if (fault === "silent" || fault === "unreachable") this.emit(LOST);
      });
    }
    return result as never;
  }

  /** Unlike pg's, resolves even if the server stays silent. */
  override async end(callback?: (error: Error) => void): Promise<void> {
    const giveUp = setTimeout(() => this.connection.stream.destroy(), GOODBYE_MS);
    try {
      await super.end();
    } finally {
      clearTimeout(giveUp);
    }
    (callback as (() => void) | undefined)?.();
  }
}
