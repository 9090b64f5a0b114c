import { setTimeout } from "node:timers/promises";
import type pg from "pg";
import type { Db } from "@/lib/platform/db/client";
import type { Fence } from "@/lib/platform/db/fence";

/** A leader that doesn't renew its lease for this long loses it. */
const LEASE_MS = 15_000;
const RENEW_MS = 3_000;
const RETRY_MS = 1_000;

/** The sealer's leadership. */
export const SEALER = "seal";
/** The forwarder's. */
export const FORWARDER = "forward";

export type Lease = Fence & {
  /** By this process's clock, which continues while the process is frozen. */
  isHeld(): boolean;
  /** Aborts when the lease is lost or released. */
  over: AbortSignal;
  /** Lets another process lead immediately. */
  release(): Promise<void>;
};

/**
 * Acquires the lease if it is free: expired, or its holder's session has ended.
 * @param client the session that the leader will work on
 * @param db renews the lease, even while the client is busy
 */
export async function tryAcquireLease(
  client: pg.ClientBase,
  db: Db,
  name: string,
): Promise<Lease | undefined> {
  const askedAt = performance.now();
  const { rows } = await client.query<{ epoch: string }>(ACQUIRE, [name, LEASE_MS]);
  const [taken] = rows;
  if (!taken) return undefined;
  const { epoch } = taken;
  let endsAt = askedAt + LEASE_MS;
  const end = new AbortController();
  const isHeld = () => !end.signal.aborted && performance.now() < endsAt;
  const renewing = (async () => {
    for (let pauseMs = RENEW_MS; ;) {
      await setTimeout(pauseMs, undefined, { signal: end.signal }).catch(() => {});
      if (!isHeld()) return end.abort();
      const begin = performance.now();
      const outcome = await renew(db, name, epoch).catch(() => undefined);
      if (outcome === 0) return end.abort();
      if (outcome === 1) endsAt = begin + LEASE_MS;
      pauseMs = outcome === 1 ? RENEW_MS : RETRY_MS;
    }
  })();
  const release = async () => {
    end.abort();
    await renewing;
    await db.$executeRaw`
      UPDATE leaderships SET expires_at = '-infinity' WHERE name = ${name} AND epoch = ${epoch}::bigint`;
  };
  return { name, epoch, isHeld, over: end.signal, release };
}

/** @returns 0 when another process has taken over */
const renew = (db: Db, name: string, epoch: string): Promise<number> =>
  db.$executeRaw`
    UPDATE leaderships SET expires_at = clock_timestamp() + ${LEASE_MS}::int * interval '1 ms'
    WHERE name = ${name} AND epoch = ${epoch}::bigint`;

/** A concurrent process waits for the row, reads it again and finds it taken. */
const ACQUIRE = `
  WITH lease AS (
    SELECT pg_backend_pid() AS pid, clock_timestamp() + $2::int * interval '1 ms' AS expires_at
  ), taken AS (
    UPDATE leaderships SET epoch = epoch + 1, session_pid = lease.pid, expires_at = lease.expires_at
    FROM lease
    WHERE name = $1 AND (leaderships.expires_at < clock_timestamp()
      OR NOT EXISTS (SELECT FROM pg_stat_get_activity(session_pid)))
    RETURNING epoch
  ), made AS (
    INSERT INTO leaderships (name, epoch, session_pid, expires_at)
    SELECT $1, 1, pid, expires_at FROM lease WHERE NOT EXISTS (SELECT FROM leaderships WHERE name = $1)
    ON CONFLICT DO NOTHING RETURNING epoch
  )
  SELECT epoch FROM taken UNION ALL SELECT epoch FROM made`;
