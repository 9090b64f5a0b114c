import type { Db } from "@/lib/db/client";
import { isDatabaseUnavailable } from "@/lib/db/is-unavailable";
import { log } from "@/lib/log";
import type { RunRow } from "./run-record";
import { type CancelCommand, transitionRuns } from "./transition-runs";

/** Half of what a script usually has under way: PostgreSQL works on one half while this process answers the other. */
const MOST_TOGETHER = 8;

type Waiting = {
  command: CancelCommand;
  resolve(row: RunRow | undefined): void;
  reject(error: unknown): void;
};

/**
 * Cancels that reach a process at the same moment share one statement: one round trip, one commit. A run that someone
 * else holds is passed over, so that nobody waits for another's run (docs/decisions/013).
 */
export class CancelGatherer {
  #waiting: Waiting[] = [];
  #named = new Set<string>();
  /** From the first command of a turn until nothing is waiting any more. */
  #isSending = false;

  constructor(readonly db: Db) {}

  /** @returns the run as this command cancelled it; undefined when it didn't, for whatever reason: nothing was done */
  cancel(command: CancelCommand): Promise<RunRow | undefined> {
    if (this.#named.has(command.runId)) return Promise.resolve(undefined);
    this.#named.add(command.runId);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject });
      if (this.#isSending) return;
      this.#isSending = true;
      setImmediate(() => void this.#send());
    });
  }

  /**
   * One statement at a time: what arrives while it is under way makes the next one. That one is on its way before the
   * first one's callers are answered, so that PostgreSQL works while answers are made.
   */
  async #send(): Promise<void> {
    let answer = () => {};
    while (this.#waiting.length > 0) {
      const next = this.#sendOne(this.#waiting.splice(0, MOST_TOGETHER));
      setImmediate(answer);
      answer = await next;
    }
    this.#isSending = false;
    answer();
  }

  /** @returns what answers the batch's callers */
  async #sendOne(batch: Waiting[]): Promise<() => void> {
    const commands = batch.map(({ command }) => command);
    try {
      const rows = await transitionRuns(this.db, commands, "skip");
      const found = new Map(rows.map((row) => [row.id, row]));
      return () => batch.forEach(({ command, resolve }) => resolve(found.get(command.runId)));
    } catch (error) {
      // Without an answer it may have been done; what PostgreSQL refused was not, and each may try alone.
      if (isDatabaseUnavailable(error)) return () => batch.forEach(({ reject }) => reject(error));
      log.warn({ err: error, commands: batch.length }, "cancels that were sent together were refused");
      return () => batch.forEach(({ resolve }) => resolve(undefined));
    } finally {
      for (const { runId } of commands) this.#named.delete(runId);
    }
  }
}

const gatherers = new WeakMap<Db, CancelGatherer>();

/** @returns the gatherer of a client, or undefined inside a transaction, whose statements belong to it alone */
export function gathererOf(db: Db): CancelGatherer | undefined {
  if (!("$transaction" in db) || db.$transaction === undefined) return undefined;
  const known = gatherers.get(db) ?? new CancelGatherer(db);
  gatherers.set(db, known);
  return known;
}
