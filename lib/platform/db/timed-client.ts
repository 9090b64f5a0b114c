import pg from "pg";
import { findDatabaseFault } from "./is-unavailable";

/** How long a connection may take to say goodbye. */
const GOODBYE_MS = 2_000;

/** What pg rejects a query with that had no answer within `query_timeout`. */
const NO_ANSWER = "Query read timeout";

/** The event of a query whose outcome is unknown: the server may have carried it out. */
export const LOST = "lost";

/**
 * A connection that is destroyed as soon as one of its queries gets no answer in time. pg alone only gives up the query:
 * the dead connection would go back to its pool, and whatever is asked on it next would wait in vain as well.
 */
export class TimedClient extends pg.Client {
  override query(...args: never[]): never {
    const query = super.query as unknown as (...args: unknown[]) => unknown;
    const result = query.apply(this, args);
    if (result instanceof Promise) {
      result.catch((error: unknown) => {
        if (error instanceof Error && error.message === NO_ANSWER) this.connection.stream.destroy(error);
        const fault = findDatabaseFault(error);
        if (fault === "silent" || fault === "unreachable") this.emit(LOST);
      });
    }
    return result as never;
  }

  /** Unlike pg's, it resolves also when the other side is silent. */
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
