import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { log } from "@/lib/platform/log";

/** Between two tries to become the one that works. */
const TRY_MS = 200;
const RETRY_MS = 1_000;

type Work = {
  databaseUrl: string;
  /** What is done, for the log: "seals the audit trail". */
  name: string;
  /** The advisory lock that whoever works holds. */
  lock: bigint;
  /** An announcement there ends the pause between two steps. */
  channel?: string;
  /** Of PostgreSQL, for the connection. */
  settings?: Record<string, string>;
  stop: AbortSignal;
  /** @returns how long to pause before the next step, in ms; 0 when there is more to do */
  step(client: pg.Client): Promise<number>;
};

/**
 * Does, step by step until it is told to stop, what one process of all may do at a time: the one that holds the lock.
 * The lock belongs to the very connection that the steps work on, so that it is free as soon as that connection is gone,
 * and a process that lost it can't go on unnoticed. A step under way is finished first.
 */
export async function runAsLeader(work: Work): Promise<void> {
  const { name, stop } = work;
  while (!stop.aborted) {
    try {
      await workOn(work);
    } catch (error) {
      log.error({ err: error }, `the process that ${name} failed; it starts again`);
      await pause(RETRY_MS, stop);
    }
  }
}

async function workOn({ databaseUrl, name, lock, channel, settings = {}, stop, step }: Work): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    application_name: "runflow-alone",
    options: Object.entries(settings)
      .map(([setting, value]) => `-c ${setting}=${value}`)
      .join(" "),
  });
  client.on("error", () => {}); // the query under way, or the next one, tells
  await client.connect();
  try {
    while (!(await tryAcquireLeadership(client, lock))) {
      await pause(TRY_MS, stop);
      if (stop.aborted) return;
    }
    log.info(`this process ${name}`);
    if (channel) await client.query(`LISTEN ${channel}`);
    while (!stop.aborted) {
      const over = new AbortController();
      const heard = once(client, "notification", { signal: over.signal }).catch(() => {});
      const pauseMs = await step(client);
      if (pauseMs > 0) await Promise.race([heard, pause(pauseMs, AbortSignal.any([stop, over.signal]))]);
      over.abort();
    }
  } finally {
    await client.end().catch(() => {});
  }
}

async function tryAcquireLeadership(client: pg.Client, lock: bigint): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1) AS locked", [
    lock,
  ]);
  return rows[0]!.locked;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  setTimeout(ms, undefined, { signal }).catch(() => {});
