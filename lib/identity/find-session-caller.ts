import { setTimeout } from "node:timers/promises";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import type { Caller } from "@/lib/states/caller";
import { ROLE_PERMISSIONS, type Role } from "@/lib/states/permissions";

type SessionRow = {
  id: string;
  person_id: string;
  name: string;
  email: string;
  role: Role;
  is_verified: boolean;
  is_fresh: boolean;
  reaches_all_orgs: boolean;
  reach: string[];
  /** Of a session that an identity provider started: whether to ask it again. */
  is_due: boolean | null;
  /** Whether its last answer is too old. */
  is_stale: boolean | null;
  is_being_checked: boolean | null;
  provider: string | null;
  factors: ("totp" | "passkey")[];
};

/** Asks the identity provider of a session again, if that is due. */
export type Recheck = (db: Db, sessionId: string) => Promise<void>;

/** As long as a check may take. */
const PATIENCE_MS = 4_000;

/**
 * Finds the person of an active session, unless they are disabled. A session ends when it expires, or when
 * nobody has used it for a while.
 */
export async function findSessionCaller(
  db: Db,
  sessionId: string,
  recheck?: Recheck,
): Promise<Caller | undefined> {
  let row = await readSession(db, sessionId);
  if (row?.is_due && recheck) {
    await recheck(db, sessionId);
    row = await readSession(db, sessionId);
  }
  // Another request, perhaps in another process, is asking right now.
  for (const end = Date.now() + PATIENCE_MS; row?.is_stale && row.is_being_checked && Date.now() < end;) {
    await setTimeout(100);
    row = await readSession(db, sessionId);
  }
  return row && !row.is_stale ? toCaller(row) : undefined;
}

async function readSession(db: Db, sessionId: string): Promise<SessionRow | undefined> {
  const [row] = await db.$queryRaw<SessionRow[]>`
    SELECT s.id, s.authenticated_at > now() - ${env().STEP_UP_MINUTES}::int * interval '1 minute' AS is_fresh,
      p.id AS person_id, p.name, p.email, p.role, p.email_verified_at IS NOT NULL AS is_verified,
      p.reaches_all_orgs, ARRAY(SELECT r.org_id FROM person_reach r WHERE r.person_id = p.id) AS reach,
      c.checked_at <= now() - ${env().SSO_CHECK_MINUTES}::int * interval '1 minute' AS is_due,
      c.checked_at <= now() - ${env().SSO_GRACE_MINUTES}::int * interval '1 minute' AS is_stale,
      c.checking_until > now() AS is_being_checked, i.provider,
      ARRAY(SELECT DISTINCT f.kind FROM second_factors f WHERE f.person_id = p.id AND f.removed_at IS NULL) AS factors
    FROM sessions s JOIN people p ON p.id = s.person_id LEFT JOIN session_checks c ON c.session_id = s.id
      LEFT JOIN identities i ON i.person_id = s.person_id
    WHERE s.id = ${sessionId}::uuid AND s.ended_at IS NULL AND s.expires_at > now()
      AND s.last_used_at > now() - ${env().SESSION_IDLE_MINUTES}::int * interval '1 minute'
      AND p.disabled_at IS NULL AND p.kind = 'staff'`;
  return row;
}

function toCaller(row: SessionRow): Caller {
  const { person_id: id, name, email, role } = row;
  return {
    kind: "session",
    credentialId: row.id,
    person: { id, name, email, isVerified: row.is_verified },
    actor: { type: "user", id, name, email, role, keyPrefix: null },
    scopes: null,
    permissions: new Set(ROLE_PERMISSIONS[role]),
    reach: row.reaches_all_orgs ? { all: true } : { all: false, orgIds: row.reach },
    isFresh: row.is_fresh,
    factors: row.factors,
    lacksFactor: env().SECOND_FACTOR === "required" && row.provider === null && row.factors.length === 0,
    ...(row.provider !== null && { identityProvider: row.provider }),
    isAdmitted: true,
  };
}
