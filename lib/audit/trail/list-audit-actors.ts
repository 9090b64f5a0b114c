import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";

export type AuditActor = {
  id: string;
  name: string;
  /** Tells namesakes apart: a key's prefix, or a person's email. */
  detail: string | null;
};

/** A list to choose from: the actors beyond it are found by their id. */
const MOST = 200;

/** So many entries are looked at for a limited reach, shared among its organizations: some 5 ms. */
const MOST_ENTRIES = 5_000;

/** Whoever has an entry in reach, by name, as they were called last. For a limited reach: a recent entry. */
export const listAuditActors = (db: Db, reach: Reach): Promise<AuditActor[]> =>
  db.$queryRaw<AuditActor[]>(selectActors(reach));

/** The statement by itself, so that what it costs can be asked. */
export const selectActors = (reach: Reach): Prisma.Sql =>
  reach.all ? SELECT_ALL : selectRecent(reach.orgIds);

/**
 * The index on the actor is read by leaps, from one actor to the next, so that it costs what the actors are and not
 * what the entries are.
 */
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
 * Leaps would not do here: an actor who never acted within the reach would cost a walk through all that they did
 * elsewhere, only to be left out. The newest entries of each organization are a bounded piece of its own index.
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
