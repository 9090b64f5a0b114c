import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { PrismaClient } from "@/generated/prisma/client";
import type { Readiness } from "@/lib/contract/system";
import { type DatabaseFault, findDatabaseFault } from "@/lib/platform/db/is-unavailable";
import { logFault } from "@/lib/platform/log-fault";
import { isDraining } from "@/lib/platform/draining";
import { SEALER } from "./lease";
import { SILENT_MS } from "./unlock-dead-workers";

const TIMEOUT_MS = 3_000;

let underWay: Promise<Readiness> | undefined;

/**
 * Checks everything that requests need, on their own connection pool: a writable database with the queue in
 * it. A process that is about to stop isn't ready. Reports workers but doesn't require them, because requests
 * work without them. Simultaneous calls share one check of at most three seconds.
 */
export function checkReadiness(db: PrismaClient): Promise<Readiness> {
  return (underWay ??= check(db).finally(() => (underWay = undefined)));
}

async function check(db: PrismaClient): Promise<Readiness> {
  const [database, queue, background] = await Promise.all([
    findFault("database", tryToWrite(db)),
    findFault("queue", db.$queryRaw`SELECT 'graphile_worker.add_job'::regproc::text`),
    inTime(readBackground(db)).catch(() => null),
  ]);
  const stopping = isDraining();
  const ok = !stopping && database === null && queue === null;
  const dependencies: Readiness["dependencies"] = [
    { name: "database", ok: database === null, fault: database },
    { name: "queue", ok: queue === null, fault: queue },
  ];
  return { ok, stopping, dependencies, background };
}

type Fault = DatabaseFault | "other";

async function findFault(name: string, probe: Promise<unknown>): Promise<Fault | null> {
  try {
    await inTime(probe);
    return null;
  } catch (error) {
    if (error instanceof RolledBack) return null;
    const fault = findDatabaseFault(error) ?? "other";
    logFault(`${name}: ${fault}`, `dependency unavailable: ${name}, ${fault}`, error);
    return fault;
  }
}

class RolledBack extends Error {}

/** Writes a row, plus a temporary file, because the row may fit into free space; then rolls back. */
const tryToWrite = (db: PrismaClient): Promise<never> =>
  db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT set_config('statement_timeout', ${String(TIMEOUT_MS)}, true),
        set_config('work_mem', '64kB', true)`;
      await tx.$queryRaw`
        WITH written AS (
          INSERT INTO idempotency_records (credential_id, path, key, body_hash, status, headers, body, expires_at)
          VALUES (${randomUUID()}::uuid, '/v1/readiness', '', '', 200, '{}', '', now()) RETURNING 1
        )
        SELECT count(*)::int FROM written, generate_series(1, 50000)`;
      throw new RolledBack();
    },
    { maxWait: TIMEOUT_MS, timeout: TIMEOUT_MS },
  );

async function readBackground(db: PrismaClient): Promise<NonNullable<Readiness["background"]>> {
  const [read] = await db.$queryRaw<NonNullable<Readiness["background"]>[]>`
    SELECT
      EXISTS (SELECT FROM worker_heartbeats
        WHERE beat_at > clock_timestamp() - ${SILENT_MS}::int * interval '1 ms') AS worker_is_alive,
      EXISTS (SELECT FROM leaderships
        WHERE name = ${SEALER} AND expires_at > clock_timestamp()) AS sealer_is_alive,
      coalesce((SELECT greatest(0, extract(epoch FROM clock_timestamp() - occurred_at))
        FROM audit_unsealed ORDER BY entry_id LIMIT 1), 0)::float8 AS seal_lag_seconds`;
  return read!;
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const timeout = setTimeout(TIMEOUT_MS, undefined, { signal: over.signal }).then(() => {
    throw Object.assign(new Error("no response in time"), { code: "P1008" });
  });
  timeout.catch(() => {}); // if the work ends first
  try {
    return await Promise.race([work, timeout]);
  } finally {
    over.abort();
  }
}
