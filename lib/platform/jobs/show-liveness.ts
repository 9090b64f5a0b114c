import type { WorkerEvents } from "graphile-worker";
import { log } from "@/lib/platform/log";

/**
 * Liveness: a worker pool holds an advisory lock named by its id, on the very connection that it listens on. The lock is
 * free as soon as that connection is gone; `unlockDeadWorkers` looks for it.
 */
export function showLiveness(events: WorkerEvents): void {
  events.on("pool:listen:success", ({ client, workerPool }) => {
    const lock = () =>
      client
        .query("SELECT pg_advisory_lock_shared(hashtextextended($1, 0))", [workerPool.id])
        .catch((error: unknown) => {
          log.error({ err: error }, "the worker can't show that it is alive; its jobs may run twice");
        });
    client.once("drain", () => void lock()); // after graphile-worker's own LISTEN
  });
}
