import type { ActorSnapshot, RequestContext } from "@/lib/audit/audit-entry";
import { writeEntry } from "@/lib/audit/write-entry";
import type { Db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/in-transaction";
import { PLATFORM_ORG_ID } from "@/lib/organizations/platform";
import { actorOf, type SessionPerson } from "./session-person";

type Cause = "signed_out" | "replaced" | "person_disabled" | "password_set";

type EndSession = {
  sessionId: string;
  /** Whoever signed in instead; absent for the session's own person. */
  endedBy?: ActorSnapshot;
  context: RequestContext;
  cause: Cause;
};

/**
 * Ends a session for good, with its audit entry: its cookie, wherever a copy of it may be, is worth nothing from now on.
 * For one that has ended already nothing changes, and nothing is written.
 */
export function endSession(db: Db, { sessionId, endedBy, context, cause }: EndSession): Promise<void> {
  return inTransaction(db, async (tx) => {
    const [person] = await tx.$queryRaw<SessionPerson[]>`
      UPDATE sessions s SET ended_at = date_trunc('milliseconds', now()) FROM people p
      WHERE s.id = ${sessionId}::uuid AND s.ended_at IS NULL AND p.id = s.person_id
      RETURNING p.id, p.name, p.email, p.role, p.org_id AS "orgId"`;
    if (!person) return;
    await writeEntry(tx, {
      caller: { actor: endedBy ?? actorOf(person) },
      context,
      orgId: person.orgId ?? PLATFORM_ORG_ID,
      action: "session.ended",
      target: { type: "session", id: sessionId, label: person.email },
      meta: { cause },
    });
  });
}

type EndSessions = Omit<EndSession, "sessionId"> & { personId: string };

/** Ends all of a person's sessions, with an entry each. @param tx the transaction of what ends them */
export async function endSessionsOf(tx: Db, { personId, ...ending }: EndSessions): Promise<void> {
  const sessions = await tx.session.findMany({
    where: { personId, endedAt: null, expiresAt: { gt: new Date() } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  for (const { id: sessionId } of sessions) await endSession(tx, { sessionId, ...ending });
}
