import type pg from "pg";

/** The remaining balance of the customer with low credit, in USD. */
const LITTLE = 4;

/**
 * Books the seeded month: each organization's top-up, and a charge for every run with a cost. Runs must
 * exist. The provider's events are inserted later and find their charges already booked.
 * @param lowSlug the organization with a low balance
 */
export async function bookMonth(client: pg.Client, lowSlug: string): Promise<void> {
  await client.query(
    `INSERT INTO ledger_entries (org_id, kind, amount, created_at)
     SELECT o.id, 'top_up', CASE WHEN o.slug = $1 THEN spent + ${LITTLE} ELSE ceil(spent * 1.25 / 50) * 50 + 200 END,
       o.created_at
     FROM organizations o, LATERAL (SELECT coalesce(sum(cost), 0) AS spent FROM runs WHERE org_id = o.id) month`,
    [lowSlug],
  );
  await client.query(
    `INSERT INTO ledger_entries (org_id, kind, amount, run_id, created_at)
     SELECT org_id, 'charge', -cost, id, completed_at FROM runs WHERE cost IS NOT NULL`,
  );
}
