import type { Db } from "@/lib/platform/db/client";

/** `subject`: the run's id, or the organization's for a balance. */
export type Disagreement = { problem: string; subject: string };

/** Enough to see the pattern; the rest is not listed. */
export const MOST_LISTED = 1_000;

/**
 * Compares the ledger with runs, provider events and balances, in one snapshot. A charge without an event
 * (older than the ledger, seeded, or deleted with its run) is compared with its run only.
 * @returns the disagreements, at most `MOST_LISTED`
 */
export function reconcile(db: Db): Promise<Disagreement[]> {
  return db.$queryRaw<Disagreement[]>`
    WITH charge AS (
      SELECT l.run_id, l.org_id, -l.amount AS amount FROM ledger_entries l WHERE l.kind = 'charge'
    )
    SELECT 'the run''s cost is not its charge' AS problem, coalesce(r.id, c.run_id)::text AS subject
    FROM (
      SELECT id, cost FROM runs WHERE cost IS NOT NULL
      UNION ALL SELECT id, cost FROM deleted_runs WHERE cost IS NOT NULL
    ) r FULL JOIN charge c ON c.run_id = r.id
    WHERE r.cost IS DISTINCT FROM c.amount
    UNION ALL
    SELECT 'the run failed and was charged', r.id::text
    FROM charge c JOIN runs r ON r.id = c.run_id WHERE r.status_code = 'failed'
    UNION ALL
    SELECT 'the charge is of another organization than its run', r.id::text
    FROM charge c JOIN runs r ON r.id = c.run_id WHERE r.org_id <> c.org_id
    UNION ALL
    SELECT 'the charge is not what the provider reported', l.run_id::text
    FROM ledger_entries l JOIN provider_events e ON e.id = l.provider_event_id
    WHERE e.cost IS DISTINCT FROM -l.amount OR e.run_id <> l.run_id
    UNION ALL
    SELECT DISTINCT 'the provider reported a charge that was not booked', r.id::text
    FROM provider_events e JOIN runs r ON r.id = e.run_id
    WHERE e.cost IS NOT NULL
      AND ((e.outcome = 'applied' AND e.status_code IN ('succeeded', 'partial_succeeded'))
        OR (e.outcome = 'dropped_terminal' AND r.status_code = 'canceled'))
      AND NOT EXISTS (SELECT FROM charge c WHERE c.run_id = r.id)
    UNION ALL
    SELECT 'the balance is not the sum of its ledger', coalesce(b.org_id, l.org_id)::text
    FROM balances b FULL JOIN (SELECT org_id, sum(amount) AS amount FROM ledger_entries GROUP BY org_id) l
      ON l.org_id = b.org_id
    WHERE b.amount IS DISTINCT FROM l.amount
    LIMIT ${MOST_LISTED}`;
}
