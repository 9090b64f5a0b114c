/** Runs that changed, by their ids; null for "whatever is on screen". */
export type Changed = ReadonlySet<string> | null;

/**
 * Gathers changes, so that there is one question at a time, and not more than one in so many milliseconds. What changes
 * while a question is being answered is asked about afterwards, since the answer may be older.
 */
export function gatherChanges(ask: (changed: Changed) => Promise<unknown>, everyMs: number) {
  let waiting: Set<string> | null = new Set();
  let isAsking = false;
  let isStopped = false;

  const askAll = async () => {
    isAsking = true;
    while (!isStopped && waiting?.size !== 0) {
      const changed = waiting;
      waiting = new Set();
      await ask(changed);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    isAsking = false;
  };
  return {
    add(changed: readonly string[] | null): void {
      if (changed === null) waiting = null;
      for (const id of changed ?? []) waiting?.add(id);
      if (!isAsking) void askAll();
    },
    stop(): void {
      isStopped = true;
    },
  };
}
