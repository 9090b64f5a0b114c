import type pg from "pg";

const LOOK_EVERY_MS = 500;
/** What is counted is not committed yet; so many looks later it has long been. */
const LOOKS_AFTER = 4;

/**
 * Looks at the count of changes that were not announced, because another transaction was just announcing its own.
 * @param onMoved called while the count moves and a little longer: something changed, or is about to
 * @param onLost called when the connection doesn't answer, so this also notices one that was lost without a word
 * @returns how to stop looking
 */
export async function watchUnannounced(
  client: pg.Client,
  { onMoved, onLost }: { onMoved(): void; onLost(): void },
): Promise<() => void> {
  const read = async () => (await client.query<{ count: string }>(COUNT)).rows[0]!.count;
  let last = await read();
  let looksLeft = 0;
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    const count = await read();
    isLooking = false;
    if (count !== last) looksLeft = LOOKS_AFTER;
    last = count;
    if (looksLeft-- > 0) onMoved();
  };
  const timer = setInterval(() => look().catch(onLost), LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

const COUNT = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS count FROM runs_unannounced";
