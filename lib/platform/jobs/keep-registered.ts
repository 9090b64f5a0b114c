import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import { buildInfo } from "@/lib/platform/build-info";
import type { Db } from "@/lib/platform/db/client";
import { logFault } from "@/lib/platform/log-fault";

const BEAT_MS = 10_000;
/** A silent process stays visible for an hour, so that people notice that it died. */
const KEPT = "1 hour";
/** The most that the removal at the end may take. */
const GOODBYE_MS = 2_000;

/** Keeps this process in the registry until `stop`, by a heartbeat, and then removes it. */
export async function keepRegistered(db: Db, kind: "web" | "worker", stop: AbortSignal): Promise<void> {
  const id = randomUUID();
  const startedAt = new Date(Date.now() - process.uptime() * 1_000);
  while (!stop.aborted) {
    await beat(db, id, kind, startedAt).catch((error: unknown) =>
      logFault("registry", "this process can't register; /operations shows it as lost", error),
    );
    await setTimeout(BEAT_MS, undefined, { signal: stop }).catch(() => {});
  }
  const removed = db.process.deleteMany({ where: { id } }).catch(() => {});
  const over = new AbortController();
  await Promise.race([removed, setTimeout(GOODBYE_MS, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
}

/** One statement: the heartbeat, which never goes back in time, and the removal of old ones of its kind. */
function beat(db: Db, id: string, kind: string, startedAt: Date): Promise<number> {
  const { version, revision } = buildInfo();
  return db.$executeRaw`
    WITH swept AS (
      DELETE FROM processes WHERE kind = ${kind} AND seen_at < clock_timestamp() - ${KEPT}::interval
    )
    INSERT INTO processes AS known (id, kind, version, revision, host, pid, started_at, seen_at)
    VALUES (${id}::uuid, ${kind}, ${version}, ${revision}, ${hostname().slice(0, 255)}, ${process.pid}::int,
      ${startedAt}, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET seen_at = EXCLUDED.seen_at WHERE known.seen_at < EXCLUDED.seen_at`;
}
