import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { sealEntries } from "@/lib/audit/seal-entries";
import { log } from "@/lib/log";

const LOCK = 7_020_020_261_127n;
const BATCH = 1_000;
/** Between two looks, should a commit not be announced; and between two tries to become the one that seals. */
const LOOK_MS = 200;
const RETRY_MS = 1_000;

/**
 * Seals whatever is committed, until it is told to stop. Of all workers one seals, whoever holds the lock: it belongs to
 * the very connection that seals, so that it is free as soon as that connection is gone.
 */
export async function runSealer(databaseUrl: string, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    try {
      await sealUntilStopped(databaseUrl, stop);
    } catch (error) {
      log.error({ err: error }, "sealing stopped; it starts again");
      await setTimeout(RETRY_MS, undefined, { signal: stop }).catch(() => {});
    }
  }
}

async function sealUntilStopped(databaseUrl: string, stop: AbortSignal): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    application_name: "runflow-sealer",
    // Every row is found by its key. A plan made while the tables were small would read them whole until the next ANALYZE.
    options: "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off",
  });
  client.on("error", () => {}); // the query under way, or the next one, tells
  await client.connect();
  try {
    while (!(await isTheOne(client))) {
      if (!(await pause(stop))) return;
    }
    log.info("this worker seals the audit trail");
    await client.query("LISTEN audit_written");
    while (!stop.aborted) {
      const news = new AbortController();
      const heard = once(client, "notification", { signal: news.signal }).catch(() => {});
      const sealed = await sealEntries(client, BATCH);
      if (sealed === 0) await Promise.race([heard, pause(AbortSignal.any([stop, news.signal]))]);
      news.abort();
    }
  } finally {
    await client.end().catch(() => {});
  }
}

async function isTheOne(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1) AS locked", [
    LOCK,
  ]);
  return rows[0]!.locked;
}

/** @returns whether to go on */
const pause = (stop: AbortSignal): Promise<boolean> =>
  setTimeout(LOOK_MS, true, { signal: stop }).catch(() => false);
