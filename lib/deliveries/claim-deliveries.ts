import type { Db } from "@/lib/db/client";
import { FAILURES_TO_OPEN } from "./circuit";

/** A worker that holds a claim for longer is taken for dead, and another one sends the delivery. */
export const LEASE_MS = 60_000;

export type Claimed = {
  id: string;
  org_id: string;
  origin: string;
  url: string;
  body: string;
  secret_id: string | null;
  secret_ciphertext: Uint8Array | null;
};

export type Held = { org_id: string; origin: string; count: number };

type Claim = {
  workerId: string;
  /** What this worker has of each endpoint already. */
  held: Held[];
  perEndpoint: number;
  limit: number;
};

/**
 * Takes deliveries that are due, the longest due first of each endpoint, and of no endpoint more than its share: whoever
 * answers slowly or not at all fills its own share and nobody else's. An endpoint whose circuit is open is left alone;
 * one that was open gets a single delivery, to see how it is.
 * @returns at most `limit` deliveries that no other worker has, with the secret that signs them
 */
export function claimDeliveries(db: Db, { workerId, held, perEndpoint, limit }: Claim): Promise<Claimed[]> {
  return db.$queryRaw<Claimed[]>`
    WITH held AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(held)}::jsonb) AS h(org_id uuid, origin text, count int)
    ), endpoint AS MATERIALIZED (
      SELECT e.org_id, e.origin,
        CASE WHEN e.failures_in_row >= ${FAILURES_TO_OPEN} THEN 1 ELSE ${perEndpoint}::int END - coalesce(h.count, 0) AS share
      FROM delivery_endpoints e LEFT JOIN held h ON h.org_id = e.org_id AND h.origin = e.origin
      WHERE e.open_until IS NULL OR e.open_until <= clock_timestamp()
      ORDER BY random()
    ), due AS MATERIALIZED (
      SELECT d.id FROM endpoint e, LATERAL (
        SELECT id FROM deliveries
        WHERE org_id = e.org_id AND origin = e.origin AND state = 'pending' AND next_attempt_at <= clock_timestamp()
          AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
        ORDER BY next_attempt_at LIMIT greatest(e.share, 0) FOR NO KEY UPDATE SKIP LOCKED
      ) d LIMIT ${limit}::int
    ), claimed AS (
      UPDATE deliveries SET claimed_by = ${workerId}::uuid,
        claimed_until = clock_timestamp() + ${LEASE_MS}::int * interval '1 ms'
      FROM due WHERE deliveries.id = due.id
      RETURNING deliveries.id, org_id, origin, url, body
    )
    SELECT c.*, s.id AS secret_id, s.ciphertext AS secret_ciphertext
    FROM claimed c LEFT JOIN callback_secrets s ON s.org_id = c.org_id AND s.is_current`;
}

/** Gives claims back that were not used, so that whoever comes next needn't wait for their end. */
export async function handBack(db: Db, workerId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.$executeRaw`
    UPDATE deliveries SET claimed_by = NULL, claimed_until = NULL
    WHERE id = ANY(${ids}::uuid[]) AND claimed_by = ${workerId}::uuid AND state = 'pending'`;
}
