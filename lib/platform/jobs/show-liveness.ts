import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import type { WorkerEvents } from "graphile-worker";
import type { Db } from "@/lib/platform/db/client";
import { logFault } from "@/lib/platform/log-fault";
import { unlockDeadWorkers } from "./unlock-dead-workers";

const BEAT_MS = 5_000;
/**
 * A heartbeat this late means that this process or its database was away, so others may have missed theirs
 * too.
 */
const LATE_MS = 15_000;
/** How long its own heartbeats must be on time before it declares others dead. */
const STEADY_MS = 30_000;

/** What this process knows about its own life. */
export type Liveness = {
  /** The ids of its running worker pools. */
  pools: Set<string>;
  /** When it last sent their heartbeats, by `performance.now()`. */
  beatAt: number;
};

export const newLiveness = (): Liveness => ({ pools: new Set(), beatAt: -Infinity });

/**
 * Heartbeat: shows that this process's worker pools are alive, and releases the jobs of workers that stopped
 * sending theirs. Connections prove nothing, because they outlive a frozen or isolated process.
 * @param db a pool without other work
 */
export async function showLiveness(
  db: Db,
  events: WorkerEvents,
  stop: AbortSignal,
  liveness: Liveness = newLiveness(),
): Promise<void> {
  const ids = liveness.pools;
  const beatNow = new EventTarget();
  events.on("pool:create", ({ workerPool }) => {
    ids.add(workerPool.id);
    beatNow.dispatchEvent(new Event("beat"));
  });
  events.on("pool:release", ({ workerPool }) => {
    ids.delete(workerPool.id);
    void forget(db, workerPool.id).catch(() => {}); // its last heartbeat simply expires
  });
  const begin = performance.now();
  let [lastBeat, steadySince] = [begin, begin];
  while (!stop.aborted) {
    try {
      const isRunning = ids.size > 0;
      if (isRunning) await beat(db, [...ids]);
      const now = performance.now();
      if (isRunning) liveness.beatAt = now;
      if (now - lastBeat > LATE_MS) steadySince = now;
      lastBeat = now;
      if (now - steadySince > STEADY_MS) await unlockDeadWorkers(db);
    } catch (error) {
      logFault("heartbeat", "the worker can't send its heartbeat; its jobs may run twice", error);
    }
    await waitForBeat(beatNow, stop);
  }
}

async function waitForBeat(beatNow: EventTarget, stop: AbortSignal): Promise<void> {
  const over = new AbortController();
  const end = AbortSignal.any([stop, over.signal]);
  beatNow.addEventListener("beat", () => over.abort(), { once: true, signal: end });
  await setTimeout(BEAT_MS, undefined, { signal: end }).catch(() => {});
  over.abort();
}

const PROCESS = `${hostname()}:${process.pid}`;

const beat = (db: Db, ids: string[]) => db.$executeRaw`
  INSERT INTO worker_heartbeats (id, process, beat_at)
  SELECT id, ${PROCESS}, clock_timestamp() FROM unnest(${ids}::text[]) id
  ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at`;

const forget = (db: Db, id: string) => db.$executeRaw`DELETE FROM worker_heartbeats WHERE id = ${id}`;
