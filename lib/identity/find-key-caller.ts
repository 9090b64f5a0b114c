import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";
import { type Caller, cutReach, type Reach, reaches } from "@/lib/states/caller";
import {
  ADMIN_SCOPE,
  permissionsOfInferenceKey,
  permissionsOfServiceKey,
  type Role,
} from "@/lib/states/permissions";
import { hashKey, isSameHash } from "./key";

type KeyRow = {
  id: string;
  kind: "inference" | "service";
  name: string;
  prefix: string;
  hash: Uint8Array;
  org_id: string | null;
  scopes: string[];
  reaches_all_orgs: boolean;
  is_usable: boolean;
  owner_id: string;
  owner_name: string;
  owner_email: string;
  is_verified: boolean;
  maker_id: string | null;
  maker_name: string;
  maker_email: string;
  reach: string[];
  /** Null for a customer's people. */
  owner_role: Role | null;
  owner_reaches_all_orgs: boolean;
  owner_reach: string[];
};

/**
 * @param key well-formed
 * @param ip the client's address, recorded with the key's last use
 * @returns undefined for an unknown, expired, suspended or revoked key, and for a disabled owner or maker
 */
export async function findKeyCaller(
  db: Db,
  key: string,
  ip: string | null = null,
): Promise<Caller | undefined> {
  const hash = hashKey(key);
  const [row] = await db.$queryRaw<KeyRow[]>`
    SELECT k.id, k.kind, k.name, k.prefix, k.hash, k.org_id, k.scopes, k.reaches_all_orgs,
      k.revoked_at IS NULL AND coalesce(k.expires_at > now(), true) AND coalesce(k.suspended_until <= now(), true)
        AND p.disabled_at IS NULL AND m.disabled_at IS NULL AS is_usable,
      p.id AS owner_id, p.name AS owner_name, p.email AS owner_email, p.email_verified_at IS NOT NULL AS is_verified,
      m.id AS maker_id, m.name AS maker_name, m.email AS maker_email,
      ARRAY(SELECT r.org_id FROM key_reach r WHERE r.key_id = k.id) AS reach,
      p.role AS owner_role, p.reaches_all_orgs AS owner_reaches_all_orgs,
      ARRAY(SELECT r.org_id FROM person_reach r WHERE r.person_id = p.id) AS owner_reach
    FROM api_keys k JOIN people p ON p.id = k.owner_id LEFT JOIN people m ON m.id = k.created_by
    WHERE k.hash = ${hash}`;
  if (!row?.is_usable || !isSameHash(row.hash, hash) || hasLostItsCustomer(row)) return undefined;
  noteUse(db, row.id, ip);
  return toCaller(row);
}

function toCaller(row: KeyRow): Caller {
  const isService = row.kind === "service";
  return {
    kind: row.kind,
    credentialId: row.id,
    person: { id: row.owner_id, name: row.owner_name, email: row.owner_email, isVerified: row.is_verified },
    actor: {
      type: isService ? "service_key" : "inference_key",
      id: row.id,
      name: row.name,
      email: row.owner_email,
      role: null,
      keyPrefix: row.prefix,
      owner: { id: row.owner_id, name: row.owner_name, role: row.owner_role },
      ...(row.maker_id !== null && {
        maker: { id: row.maker_id, name: row.maker_name, email: row.maker_email },
      }),
    },
    scopes: isService ? row.scopes : null,
    permissions: new Set(
      isService
        ? permissionsOfServiceKey(row.scopes, row.owner_role)
        : permissionsOfInferenceKey(row.owner_role),
    ),
    reach: reachOf(row),
    isAdmitted: isService && row.scopes.includes(ADMIN_SCOPE),
  };
}

/** The key's reach, limited to its owner's. */
function reachOf(row: KeyRow): Reach {
  const own: Reach = row.reaches_all_orgs
    ? { all: true }
    : { all: false, orgIds: row.org_id === null ? row.reach : [row.org_id] };
  if (row.owner_role === null) return own;
  return cutReach(own, row.owner_reaches_all_orgs ? { all: true } : { all: false, orgIds: row.owner_reach });
}

/** An inference key stops working when the staff person who owns it loses its customer. */
const hasLostItsCustomer = (row: KeyRow): boolean =>
  row.org_id !== null && !reaches(reachOf(row), row.org_id);

const LAST_USE_EVERY_MS = 60_000;
const lastNoted = new Map<string, number>();

/** Updated once a minute, without delaying the request. A failed use doesn't count. */
function noteUse(db: Db, keyId: string, ip: string | null): void {
  const now = Date.now();
  if (now - (lastNoted.get(keyId) ?? 0) < LAST_USE_EVERY_MS) return;
  lastNoted.set(keyId, now);
  const at = new Date(now);
  const noted = db.apiKey.updateMany({
    where: {
      id: keyId,
      revokedAt: null,
      AND: [
        { OR: [{ expiresAt: null }, { expiresAt: { gt: at } }] },
        { OR: [{ suspendedUntil: null }, { suspendedUntil: { lte: at } }] },
      ],
    },
    data: { lastUsedAt: at, lastUsedIp: ip },
  });
  noted.catch((error: unknown) =>
    log.warn({ err: error, key_id: keyId }, "the key's last use could not be recorded"),
  );
}
