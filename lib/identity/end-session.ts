import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Db } from "@/lib/platform/db/client";
import type { ActorSnapshot, RequestContext } from "@/lib/states/audit-entry";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { actorOf, PERSON_FIELDS } from "./session-person";

type Cause =
  | "signed_out"
  | "replaced"
  | "ended_elsewhere"
  | "too_many_sessions"
  | "person_disabled"
  | "password_set"
  | "password_changed"
  | "factor_added"
  | "factors_reset"
  | "identity_linked"
  | "provider_refused";

type EndSession = {
  sessionId: string;
  /** The person who signed in instead; absent if the session's own person ended it. */
  endedBy?: ActorSnapshot;
  context: RequestContext;
  cause: Cause;
};

/**
 * Ends a session with its audit entry; copies of its cookie stop working. Does nothing to an ended session.
 */
export const endSession = (db: Db, ending: EndSession): Promise<boolean> =>
  db.$transaction((tx) => endSessionIn(tx, ending));

/**
 * @param tx the transaction of the change that ends it
 * @returns whether this call ended it
 */
export async function endSessionIn(
  tx: Db,
  { sessionId, endedBy, context, cause }: EndSession,
): Promise<boolean> {
  const [ended] = await tx.session.updateManyAndReturn({
    where: { id: sessionId, endedAt: null },
    data: { endedAt: new Date() },
    select: { person: { select: PERSON_FIELDS } },
  });
  if (!ended) return false;
  const { person } = ended;
  await writeEntry(tx, {
    caller: { actor: endedBy ?? actorOf(person) },
    context,
    orgId: person.orgId ?? PLATFORM_ORG_ID,
    action: "session.ended",
    target: { type: "session", id: sessionId, label: person.email },
    meta: { cause },
  });
  return true;
}

type EndSessions = Omit<EndSession, "sessionId"> & {
  personId: string;
  /** The session that goes on, if any. */
  exceptId?: string;
};

/**
 * Ends the sessions of a person, with an entry each. Includes those that end without use, because a longer
 * limit would revive them.
 * @param tx the transaction of the change that ends them
 * @returns how many it ended
 */
export async function endSessionsOf(tx: Db, { personId, exceptId, ...ending }: EndSessions): Promise<number> {
  const sessions = await tx.session.findMany({
    where: {
      personId,
      endedAt: null,
      expiresAt: { gt: new Date() },
      ...(exceptId !== undefined && { id: { not: exceptId } }),
    },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  let count = 0;
  for (const { id: sessionId } of sessions) if (await endSessionIn(tx, { sessionId, ...ending })) count++;
  return count;
}
