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
};

/**
 * Finds the person of an active session, unless they are disabled. A session ends when it expires, or when
 * nobody has used it for a while.
 */
export async function findSessionCaller(db: Db, sessionId: string): Promise<Caller | undefined> {
  const [row] = await db.$queryRaw<SessionRow[]>`
    SELECT s.id, s.authenticated_at > now() - ${env().STEP_UP_MINUTES}::int * interval '1 minute' AS is_fresh, p.id AS person_id, p.name, p.email, p.role, p.email_verified_at IS NOT NULL AS is_verified,
      p.reaches_all_orgs, ARRAY(SELECT r.org_id FROM person_reach r WHERE r.person_id = p.id) AS reach
    FROM sessions s JOIN people p ON p.id = s.person_id
    WHERE s.id = ${sessionId}::uuid AND s.ended_at IS NULL AND s.expires_at > now()
      AND s.last_used_at > now() - ${env().SESSION_IDLE_MINUTES}::int * interval '1 minute'
      AND p.disabled_at IS NULL AND p.kind = 'staff'`;
  if (!row) return undefined;
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
    isAdmitted: true,
  };
}
