import type pg from "pg";

const LOOK_EVERY_MS = 500;

/**
 * Looks after changes that were not announced, because another transaction was just announcing its own: how many were
 * counted, and how many transactions that counted one have not ended.
 * @param onMoved called when changes were counted, and when some of them may have been committed
 * @param onLost called when the connection doesn't answer, so this also notices one that was lost without a word
 * @returns how to stop looking
 */
export async function watchUnannounced(
  client: pg.Client,
  { onMoved, onLost }: { onMoved(): void; onLost(): void },
): Promise<() => void> {
  // One after the other: who counts after the first question is found by the next look, whatever the second one says.
  const read = async () => ({
    count: (await client.query<{ count: string }>(COUNT)).rows[0]!.count,
    open: (await client.query<{ open: number }>(OPEN)).rows[0]!.open,
  });
  let last = await read();
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    const now = await read();
    isLooking = false;
    // While nobody counts, nobody joins those who are open, and fewer of them are some who have ended.
    if (now.count !== last.count || now.open < last.open) onMoved();
    last = now;
  };
  const timer = setInterval(() => look().catch(onLost), LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

const COUNT = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS count FROM runs_unannounced";
const OPEN = `SELECT count(*)::int AS open FROM pg_locks
  WHERE locktype = 'advisory' AND classid = 70200 AND objid = 20261125 AND objsubid = 2
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
