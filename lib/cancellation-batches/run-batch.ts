import { setTimeout } from "node:timers/promises";
import type { Task } from "graphile-worker";
import { z } from "zod";
import type { PrismaClient } from "@/generated/prisma/client";
import { log } from "@/lib/platform/log";
import { logFault } from "@/lib/platform/log-fault";
import { cancelChunk } from "./cancel-chunk";

/** Short transactions: progress moves, and an abort waits for one of them at most. */
const CHUNK = 500;
/** How long to wait for runs that other requests hold, and how often to look. */
const PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 200;
/** It rests for this part of a chunk's time, so that requests find the database free in between. */
const REST = 0.15;
/** A job ends after this and queues the next, so that a worker can stop. */
const SHIFT_MS = 5_000;

/** graphile-worker's own retries wait longer each time, for hours in the end. */
const RETRY_MS = 2_000;

/** `heldSince`: when other requests began to hold all remaining runs, in milliseconds; outlives a shift. */
const Payload = z.object({ id: z.uuid(), heldSince: z.number().optional() });

/**
 * The task `cancel_batch`: settles a running batch chunk by chunk until nothing is left or it was aborted.
 * All state is in the database, so any worker continues after a crash.
 */
export const createBatchTask =
  (db: PrismaClient): Task =>
  async (payload, { addJob, abortSignal }) => {
    const { id, ...before } = Payload.parse(payload);
    let { heldSince } = before;
    const goOn = (inMs: number) =>
      addJob(
        "cancel_batch",
        { id, ...(heldSince !== undefined && { heldSince }) },
        {
          jobKey: `cancel_batch:${id}`,
          maxAttempts: 32_767,
          ...(inMs > 0 && { runAt: new Date(Date.now() + inMs) }),
        },
      );
    const startedAt = performance.now();
    while (performance.now() - startedAt < SHIFT_MS && !abortSignal.aborted) {
      const chunkAt = performance.now();
      const isPatient = heldSince === undefined || Date.now() - heldSince < PATIENCE_MS;
      const chunk = await cancelChunk(db, id, CHUNK, isPatient).catch((error: unknown) => {
        logFault("bulk cancellation", "a chunk was not canceled; trying again", error);
      });
      if (!chunk) return void (await goOn(RETRY_MS));
      const { isOver, settled, left, rateLimit } = chunk;
      if (isOver) return void log.info({ batch_id: id }, "bulk cancellation ended");
      heldSince = settled === 0 && left > 0 ? (heldSince ?? Date.now()) : undefined;
      const paceMs = rateLimit ? (settled / rateLimit) * 1_000 : 0;
      const tookMs = performance.now() - chunkAt;
      const restMs = settled === 0 ? LOOK_AGAIN_MS : Math.max(paceMs - tookMs, REST * tookMs);
      if (restMs > 0) await setTimeout(restMs, undefined, { signal: abortSignal }).catch(() => {});
    }
    await goOn(0);
  };
