import { Prisma } from "@/generated/prisma/client";
import type { ApiKey } from "@/lib/contract/keys";
import { formatTimestamp } from "@/lib/contract/values";
import type { Reach } from "@/lib/states/caller";

type Moments =
  | "created_at"
  | "link_expires_at"
  | "expires_at"
  | "expiry_warned_at"
  | "suspended_until"
  | "revoked_at"
  | "last_used_at";

/** A key without its hash. */
export type KeyRow = Omit<ApiKey, Moments | "leak" | "owner" | "maker" | "scopes" | "reach"> & {
  owner_id: string;
  owner_name: string;
  owner_email: string;
  owner_role: string | null;
  maker_id: string | null;
  maker_name: string;
  maker_email: string;
  maker_role: string | null;
  scopes: string[];
  reaches_all_orgs: boolean;
  /** The organizations that it may access, if not all. */
  org_ids: string[];
  created_at: Date;
  link_expires_at: Date | null;
  expires_at: Date | null;
  expiry_warned_at: Date | null;
  suspended_until: Date | null;
  revoked_at: Date | null;
  is_leaked: boolean;
  leak_url: string | null;
  last_used_at: Date | null;
};

/**
 * Whether an inference key's owner can still access its customer: its own people always can, staff while
 * their reach includes it.
 */
const OWNER_REACHES = Prisma.sql`k.org_id IS NULL OR p.kind = 'customer' OR p.reaches_all_orgs
  OR EXISTS (SELECT FROM person_reach t WHERE t.person_id = p.id AND t.org_id = k.org_id)`;

/** Until when a key is suspended; null if it isn't, or is revoked. */
const SUSPENDED_UNTIL = Prisma.sql`CASE WHEN k.revoked_at IS NULL AND k.suspended_until > now() THEN k.suspended_until END`;

/** Why the key is suspended, or null: a SuspensionCause. */
const CAUSE = Prisma.sql`CASE WHEN k.suspended_until > now() THEN 'requested' WHEN p.disabled_at IS NOT NULL THEN 'owner_disabled'
  WHEN p.email_verified_at IS NULL THEN 'owner_unverified' WHEN NOT (${OWNER_REACHES}) THEN 'owner_lost_access'
  WHEN m.disabled_at IS NOT NULL THEN 'maker_disabled' END`;

/** Keys with owner, maker, reach and current state, to be aliased `r`. */
export const KEYS = Prisma.sql`(SELECT k.id, k.kind, k.name, k.prefix, k.org_id, k.scopes, k.reaches_all_orgs, k.created_at,
    k.expires_at, k.revoked_at, k.last_used_at, k.last_used_ip, k.is_leaked, k.leak_url, k.rotated_to,
    (SELECT o.id FROM api_keys o WHERE o.rotated_to = k.id) AS rotated_from,
    (SELECT max(n.created_at) FROM key_notices n WHERE n.key_id = k.id AND n.kind <> 'leaked') AS expiry_warned_at,
    ${SUSPENDED_UNTIL} AS suspended_until, p.id AS owner_id, p.name AS owner_name, p.email AS owner_email,
    p.role AS owner_role, m.id AS maker_id, m.name AS maker_name, m.email AS maker_email, m.role AS maker_role,
    CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked' WHEN k.expires_at <= now() THEN 'expired'
      WHEN c.cause IS NOT NULL THEN 'suspended' WHEN k.hash IS NULL THEN 'pending' ELSE 'active' END AS state,
    CASE WHEN k.revoked_at IS NULL AND coalesce(k.expires_at > now(), true) THEN c.cause END AS suspended_because,
    (SELECT l.expires_at FROM key_claims l
      WHERE l.key_id = k.id AND l.used_at IS NULL AND l.expires_at > now() AND k.revoked_at IS NULL) AS link_expires_at,
    CASE k.kind WHEN 'inference' THEN ARRAY[k.org_id]
      ELSE ARRAY(SELECT t.org_id FROM key_reach t WHERE t.key_id = k.id ORDER BY t.org_id) END AS org_ids
  FROM api_keys k JOIN people p ON p.id = k.owner_id LEFT JOIN people m ON m.id = k.created_by
    CROSS JOIN LATERAL (SELECT ${CAUSE} AS cause) c)`;

/** The columns of a KeyRow, from `KEYS` aliased `r`. */
export const KEY_COLUMNS = Prisma.sql`r.id, r.kind, r.name, r.prefix, r.state, r.suspended_because, r.owner_id, r.owner_name,
  r.owner_email, r.owner_role, r.maker_id, r.maker_name, r.maker_email, r.maker_role, r.link_expires_at, r.org_id, r.scopes,
  r.reaches_all_orgs, r.org_ids, r.created_at, r.expires_at, r.suspended_until, r.revoked_at, r.last_used_at,
  r.last_used_ip, r.expiry_warned_at, r.is_leaked, r.leak_url, r.rotated_to, r.rotated_from`;

/**
 * Whether a key of `KEYS`, aliased `r`, is in reach: the key's reach isn't empty and lies within the
 * caller's.
 */
export function withinKeys(reach: Reach): Prisma.Sql {
  if (reach.all) return Prisma.sql`TRUE`;
  return Prisma.sql`(NOT r.reaches_all_orgs AND r.org_ids <> '{}' AND r.org_ids <@ ${[...reach.orgIds]}::uuid[])`;
}

export function toKey(row: KeyRow): ApiKey {
  const { id, kind, name, prefix, state, suspended_because, org_id, maker_id } = row;
  return {
    id,
    kind,
    name,
    prefix,
    state,
    suspended_because,
    owner: { id: row.owner_id, name: row.owner_name, email: row.owner_email, role: row.owner_role },
    maker:
      maker_id === null
        ? null
        : { id: maker_id, name: row.maker_name, email: row.maker_email, role: row.maker_role },
    org_id,
    scopes: kind === "service" ? row.scopes : null,
    reach: row.reaches_all_orgs ? { all: true, org_ids: null } : { all: false, org_ids: row.org_ids },
    created_at: formatTimestamp(row.created_at),
    link_expires_at: row.link_expires_at && formatTimestamp(row.link_expires_at),
    expires_at: row.expires_at && formatTimestamp(row.expires_at),
    rotated_to: row.rotated_to,
    rotated_from: row.rotated_from,
    suspended_until: row.suspended_until && formatTimestamp(row.suspended_until),
    expiry_warned_at: row.expiry_warned_at && formatTimestamp(row.expiry_warned_at),
    revoked_at: row.revoked_at && formatTimestamp(row.revoked_at),
    leak: row.is_leaked ? { source_url: row.leak_url } : null,
    last_used_at: row.last_used_at && formatTimestamp(row.last_used_at),
    last_used_ip: row.last_used_ip,
  };
}
