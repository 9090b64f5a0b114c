import type { Db } from "@/lib/db/client";
import type { Reach } from "@/lib/identity/caller";

export type AuditActor = { id: string; name: string };

/** A list to choose from: the actors beyond it are found by their id. */
const MOST = 200;

/**
 * Whoever has an entry in reach, by name, as they were called last. The index on the actor is read by leaps, from one
 * actor to the next, so that it costs what the actors are and not what the entries are.
 */
export function listAuditActors(db: Db, reach: Reach): Promise<AuditActor[]> {
  const orgIds = reach.all ? [] : [...reach.orgIds];
  return db.$queryRaw<AuditActor[]>`
    WITH RECURSIVE actors AS (
      (SELECT actor_id FROM audit_entries ORDER BY actor_id LIMIT 1)
      UNION ALL
      SELECT (SELECT e.actor_id FROM audit_entries e WHERE e.actor_id > a.actor_id ORDER BY e.actor_id LIMIT 1)
      FROM actors a WHERE a.actor_id IS NOT NULL
    )
    SELECT a.actor_id::text AS id, last.actor_name AS name
    FROM actors a, LATERAL (
      SELECT e.actor_name FROM audit_entries e
      WHERE e.actor_id = a.actor_id AND (${reach.all} OR e.org_id = ANY(${orgIds}::uuid[]))
      ORDER BY e.occurred_at DESC, e.id DESC LIMIT 1
    ) last
    ORDER BY last.actor_name LIMIT ${MOST}`;
}
