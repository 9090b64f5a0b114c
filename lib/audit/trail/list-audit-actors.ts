import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";

export type AuditActor = {
  id: string;
  name: string;
  /** Distinguishes actors of the same name: a key's prefix, or a person's email. */
  detail: string | null;
};

/** Enough for a picker; others are found by id. */
const MOST = 200;

/** Entries scanned for a limited reach, shared among its organizations: about 5 ms. */
const MOST_ENTRIES = 5_000;

/**
 * Lists the actors with an entry in reach, by their latest name. For a limited reach, considers only recent
 * entries.
 */
export const listAuditActors = (db: Db, reach: Reach): Promise<AuditActor[]> =>
  db.$queryRaw<AuditActor[]>(selectActors(reach));

/** Separate, so that a test can run EXPLAIN on it. */
export const selectActors = (reach: Reach): Prisma.Sql =>
  reach.all ? SELECT_ALL : selectRecent(reach.orgIds);

/** A loose index scan from actor to actor, so that the cost depends on the number of actors, not entries. */
const SELECT_ALL = Prisma.sql`
  WITH RECURSIVE actors AS (
    (SELECT actor_id FROM audit_entries ORDER BY actor_id LIMIT 1)
    UNION ALL
    SELECT (SELECT e.actor_id FROM audit_entries e WHERE e.actor_id > a.actor_id ORDER BY e.actor_id LIMIT 1)
    FROM actors a WHERE a.actor_id IS NOT NULL
  )
  SELECT a.actor_id::text AS id, last.actor_name AS name, coalesce(last.actor_key_prefix, last.actor_email) AS detail
  FROM actors a, LATERAL (
    SELECT e.actor_name, e.actor_key_prefix, e.actor_email FROM audit_entries e WHERE e.actor_id = a.actor_id
    ORDER BY e.occurred_at DESC, e.id DESC LIMIT 1
  ) last
  ORDER BY last.actor_name LIMIT ${MOST}`;

/**
 * A loose scan wouldn't work here: for an actor without entries in reach, it would scan all of their entries.
 * The newest entries of each organization are a bounded range of the organization's index.
 */
const selectRecent = (orgIds: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT id, name, detail FROM (
    SELECT DISTINCT ON (e.actor_id) e.actor_id::text AS id, e.actor_name AS name,
      coalesce(e.actor_key_prefix, e.actor_email) AS detail
    FROM unnest(${[...orgIds]}::uuid[]) reached (org_id), LATERAL (
      SELECT r.actor_id, r.actor_name, r.actor_key_prefix, r.actor_email, r.occurred_at, r.id FROM audit_entries r WHERE r.org_id = reached.org_id
      ORDER BY r.occurred_at DESC, r.id DESC LIMIT ${Math.ceil(MOST_ENTRIES / Math.max(1, orgIds.length))}::int
    ) e
    ORDER BY e.actor_id, e.occurred_at DESC, e.id DESC
  ) actors
  ORDER BY name LIMIT ${MOST}`;
