import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import type pg from "pg";
import type { Db } from "@/lib/platform/db/client";
import { type Fence, LeadershipLost } from "@/lib/platform/db/fence";
import { openClient } from "@/lib/platform/db/open-pool";
import { log } from "@/lib/platform/log";
import { logFault } from "@/lib/platform/log-fault";
import { type Lease, tryAcquireLease } from "./lease";

/** Between attempts to become the leader. */
const TRY_MS = 200;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8_000;
/** With the client's own waits, lets another leader take over within half a minute. */
const STATEMENT_TIMEOUT_MS = 10_000;

type Work = {
  databaseUrl: string;
  /** Renews the lease, independently of the steps' connection. */
  db: Db;
  /** The leadership's name; one process holds it. */
  name: string;
  /** For the log, such as "seals the audit trail". */
  does: string;
  /** A notification on this channel ends the pause between two steps. */
  channel?: string;
  /** PostgreSQL settings for the connection. */
  settings?: Record<string, string>;
  stop: AbortSignal;
  /** Some time after `stop`: abandons the step in progress. */
  late?: AbortSignal;
  /** Watchdog: a step that takes longer loses its connection and the leadership. */
  stepTimeoutMs: number;
  /**
   * @param fence for statements that a former leader must not run when it wakes up
   * @returns the pause before the next step, in ms; 0 if more work is waiting
   */
  step(client: pg.Client, fence: Fence): Promise<number>;
};

/**
 * Leader election by a lease: runs `step` in a loop in the one process that holds it. A leader that dies,
 * freezes or is cut off is replaced within half a minute. On stop, finishes the step in progress, until
 * `late`.
 */
export async function runAsLeader(work: Work): Promise<void> {
  const { does, stop } = work;
  let retryMs = FIRST_RETRY_MS;
  while (!stop.aborted) {
    try {
      await workOn({ ...work, onStep: () => void (retryMs = FIRST_RETRY_MS) });
    } catch (error) {
      if (stop.aborted) log.warn({ err: error }, `this process stopped amid a step; it ${does}`);
      else if (error instanceof LeadershipLost) log.warn(`this process no longer ${does}: ${error.message}`);
      else logFault(`leader: ${work.name}`, `the process that ${does} failed; restarting`, error);
      await pause(retryMs * (0.75 + Math.random() / 4), stop);
      retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
    }
  }
}

async function workOn(work: Work & { onStep(): void }): Promise<void> {
  const { databaseUrl, db, name, does, settings = {}, stop } = work;
  const applicationName = "runflow-alone";
  const statementTimeoutMs = STATEMENT_TIMEOUT_MS;
  const client = openClient({ url: databaseUrl, applicationName, statementTimeoutMs, settings });
  let lease: Lease | undefined;
  try {
    await client.connect();
    while (!(lease = await tryAcquireLease(client, db, name))) {
      await pause(TRY_MS, stop);
      if (stop.aborted) return;
    }
    log.info({ epoch: lease.epoch }, `this process ${does}`);
    await lead(client, lease, work);
  } finally {
    await Promise.allSettled([client.end(), lease?.release()]);
  }
}

async function lead(client: pg.Client, lease: Lease, work: Work & { onStep(): void }): Promise<void> {
  const { channel, stop, late, step, stepTimeoutMs, onStep } = work;
  if (channel) await client.query(`LISTEN ${channel}`);
  while (!stop.aborted) {
    if (!lease.isHeld()) throw new LeadershipLost(lease.name);
    const over = new AbortController();
    const heard = once(client, "notification", { signal: over.signal }).catch(() => {});
    try {
      const pauseMs = await inTime(step(client, lease), stepTimeoutMs, late);
      onStep();
      const end = AbortSignal.any([stop, over.signal, lease.over]);
      if (pauseMs > 0) await Promise.race([heard, pause(pauseMs, end)]);
    } finally {
      over.abort();
    }
  }
}

async function inTime<T>(step: Promise<T>, timeoutMs: number, late?: AbortSignal): Promise<T> {
  const over = new AbortController();
  late?.addEventListener("abort", () => over.abort(), { signal: over.signal });
  const watchdog = setTimeout(timeoutMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`a step did not end within ${timeoutMs} ms`);
  });
  watchdog.catch(() => {}); // if the step ends first
  try {
    return await Promise.race([step, watchdog]);
  } finally {
    over.abort();
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  setTimeout(ms, undefined, { signal }).catch(() => {});
