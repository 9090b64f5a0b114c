import type { Db } from "@/lib/db/client";
import { FAILURES_TO_OPEN } from "./circuit";

/** A worker that owns an endpoint and doesn't renew it for so long is taken for dead, and another one takes over. */
export const LEASE_MS = 30_000;

export type Endpoint = { org_id: string; origin: string };

export type Claimed = Endpoint & {
  id: string;
  url: string;
  body: string;
  secret_id: string | null;
  secret_ciphertext: Uint8Array | null;
};

type Claim = {
  workerId: string;
  /** What this worker has of each endpoint already. */
  held: (Endpoint & { ids: string[] })[];
  perEndpoint: number;
  limit: number;
};

/**
 * Takes deliveries that are due. Endpoints are owned by one worker at a time, so a delivery itself needs no mark that
 * somebody has it. Of no endpoint is more taken than its share: whoever answers slowly or not at all fills its own share
 * and nobody else's. An endpoint whose circuit is open is left alone; one that was open gets a single delivery, to see
 * how it is.
 * @returns at most `limit` deliveries of this worker's own endpoints, with the secret that signs them
 */
export function claimDeliveries(db: Db, { workerId, held, perEndpoint, limit }: Claim): Promise<Claimed[]> {
  const counts = Object.fromEntries(
    held.map(({ org_id, origin, ids }) => [`${org_id} ${origin}`, ids.length]),
  );
  return db.$queryRaw<Claimed[]>`
    WITH held AS MATERIALIZED (
      SELECT ${JSON.stringify(counts)}::jsonb AS counts
    ), endpoint AS MATERIALIZED (
      SELECT e.org_id, e.origin, greatest(0, CASE WHEN e.failures_in_row >= ${FAILURES_TO_OPEN} THEN 1
        ELSE ${perEndpoint}::int END - coalesce((counts ->> concat(e.org_id, ' ', e.origin))::int, 0)) AS share
      FROM delivery_endpoints e, held
      WHERE (e.open_until IS NULL OR e.open_until <= clock_timestamp())
        AND (e.owner_id IS NULL OR e.owner_id = ${workerId}::uuid OR e.owned_until < clock_timestamp())
        AND EXISTS (SELECT FROM delivery_queue q
          WHERE q.org_id = e.org_id AND q.origin = e.origin AND q.next_attempt_at <= clock_timestamp())
      ORDER BY random() LIMIT ${limit}::int
      FOR NO KEY UPDATE OF e SKIP LOCKED
    ), owned AS (
      UPDATE delivery_endpoints e SET owner_id = ${workerId}::uuid,
        owned_until = clock_timestamp() + ${LEASE_MS}::int * interval '1 ms'
      FROM endpoint WHERE e.org_id = endpoint.org_id AND e.origin = endpoint.origin
    ), due AS MATERIALIZED (
      SELECT q.delivery_id FROM endpoint e, LATERAL (
        SELECT delivery_id FROM delivery_queue
        WHERE org_id = e.org_id AND origin = e.origin AND next_attempt_at <= clock_timestamp()
          AND delivery_id <> ALL(${held.flatMap(({ ids }) => ids)}::uuid[])
        ORDER BY next_attempt_at LIMIT e.share
      ) q LIMIT ${limit}::int
    )
    SELECT d.id, d.org_id, d.origin, d.url, d.body, s.id AS secret_id, s.ciphertext AS secret_ciphertext
    FROM due JOIN deliveries d ON d.id = due.delivery_id
      LEFT JOIN callback_secrets s ON s.org_id = d.org_id AND s.is_current`;
}

/** Gives endpoints back, so that whoever comes next needn't wait for the end of the ownership. */
export async function giveBack(db: Db, workerId: string, endpoints: Endpoint[]): Promise<void> {
  await db.$executeRaw`
    UPDATE delivery_endpoints e SET owner_id = NULL, owned_until = NULL
    FROM jsonb_to_recordset(${JSON.stringify(endpoints)}::jsonb) AS g(org_id uuid, origin text)
    WHERE e.org_id = g.org_id AND e.origin = g.origin AND e.owner_id = ${workerId}::uuid`;
}
