import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import type { WorkerEvents } from "graphile-worker";
import type { Db } from "@/lib/platform/db/client";
import { logFault } from "@/lib/platform/log-fault";
import { unlockDeadWorkers } from "./unlock-dead-workers";

const BEAT_MS = 5_000;
/** A beat so late means that this process, or its database, was away: others may have had no chance to beat either. */
const LATE_MS = 15_000;
/** How long it must have beaten in time before it calls others dead. */
const STEADY_MS = 30_000;

/**
 * Heartbeat: shows that the queue's worker pools of this process are alive, and gives back the jobs of those elsewhere
 * that no longer show it. A connection would not tell: it outlives a process that is frozen or cut off.
 * @param db whose connections wait behind nothing else
 */
export async function showLiveness(db: Db, events: WorkerEvents, stop: AbortSignal): Promise<void> {
  const ids = new Set<string>();
  const beatNow = new EventTarget();
  events.on("pool:create", ({ workerPool }) => {
    ids.add(workerPool.id);
    beatNow.dispatchEvent(new Event("beat"));
  });
  events.on("pool:release", ({ workerPool }) => {
    ids.delete(workerPool.id);
    void forget(db, workerPool.id).catch(() => {}); // its last beat gets old by itself
  });
  const begin = performance.now();
  let [lastBeat, steadySince] = [begin, begin];
  while (!stop.aborted) {
    try {
      if (ids.size > 0) await beat(db, [...ids]);
      const now = performance.now();
      if (now - lastBeat > LATE_MS) steadySince = now;
      lastBeat = now;
      if (now - steadySince > STEADY_MS) await unlockDeadWorkers(db);
    } catch (error) {
      logFault("heartbeat", "the worker can't show that it is alive; its jobs may run twice", error);
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
