import { writeEntry } from "@/lib/audit/trail/write-entry";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import type { RequestContext } from "@/lib/states/audit-entry";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { endSessionIn } from "./end-session";
import { actorOf, type SessionPerson } from "./session-person";

/** What a person proves at a sign-in; the database checks the same values. */
export type Proof = "password" | "totp" | "recovery_code" | "passkey" | "identity_provider";

/** Of a person at a time. */
const MOST_SESSIONS = 10;

type StartSession = {
  /** With the hash of the password just verified. */
  person: SessionPerson & { passwordHash: string | null };
  context: RequestContext;
  /** The browser's previous sessions. */
  formerSessionIds: readonly string[];
  authenticatedWith: readonly Proof[];
  /** More for its entry. */
  meta?: Record<string, unknown>;
};

/**
 * Starts a session for an authenticated person, with its audit entry, and ends the browser's previous ones:
 * their cookies are replaced, so nobody could sign them out. Beyond ten sessions of the person, the least
 * recently used ends. All or nothing.
 * @returns the session's id, or undefined if the person was disabled or got another password meanwhile
 */
export function startSession(
  db: Db,
  { person, context, formerSessionIds, authenticatedWith, meta }: StartSession,
): Promise<string | undefined> {
  const actor = actorOf(person);
  return db.$transaction(async (tx) => {
    // The lock waits for a concurrent change of the person. Either that change ends their sessions before
    // this one starts, or it ends this one too. The person's sign-ins wait for each other, to be counted.
    const [started] = await tx.$queryRaw<{ id: string; expiresAt: Date }[]>`
      INSERT INTO sessions (person_id, expires_at, ip, user_agent, authenticated_with)
      SELECT p.id, date_trunc('milliseconds', now()) + ${env().SESSION_HOURS}::int * interval '1 hour',
        ${context.ip}, ${context.userAgent}, ${[...authenticatedWith]}::text[] FROM (
        SELECT id FROM people WHERE id = ${person.id}::uuid AND disabled_at IS NULL
          AND password_hash IS NOT DISTINCT FROM ${person.passwordHash} FOR NO KEY UPDATE) p
      RETURNING id, expires_at AS "expiresAt"`;
    if (!started) return undefined;
    const { id, expiresAt } = started;
    await writeEntry(tx, {
      caller: { actor },
      context,
      orgId: person.orgId ?? PLATFORM_ORG_ID,
      action: "session.started",
      target: { type: "session", id, label: person.email },
      meta: { expires_at: formatTimestamp(expiresAt), authenticated_with: authenticatedWith, ...meta },
    });
    for (const sessionId of formerSessionIds) {
      await endSessionIn(tx, { sessionId, endedBy: actor, context, cause: "replaced" });
    }
    await endLeastUsed(tx, person.id, id, context);
    return id;
  });
}

async function endLeastUsed(tx: Db, personId: string, newId: string, context: RequestContext): Promise<void> {
  const surplus = await tx.session.findMany({
    where: { personId, endedAt: null, expiresAt: { gt: new Date() }, id: { not: newId } },
    select: { id: true },
    orderBy: [{ lastUsedAt: "desc" }, { id: "desc" }],
    skip: MOST_SESSIONS - 1,
  });
  for (const { id: sessionId } of surplus)
    await endSessionIn(tx, { sessionId, context, cause: "too_many_sessions" });
}
