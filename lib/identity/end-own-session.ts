import type { Session } from "@/lib/contract/sessions";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { endSessionIn, endSessionsOf } from "./end-session";
import { findOwnSession } from "./own-sessions";

type EndOwnSession = { caller: Caller; context: RequestContext; sessionId: string };

/** `transitioned`: this call ended the session. `unchanged`: it had already ended; nothing was written. */
export type EndedSession = { outcome: "transitioned" | "unchanged"; session: Session };

/**
 * Ends one of the caller's own sessions, in whichever browser it is.
 * @throws Refusal SESSION_NOT_FOUND for someone else's
 */
export function endOwnSession(db: Db, { caller, context, sessionId }: EndOwnSession): Promise<EndedSession> {
  return db.$transaction(async (tx) => {
    const id = parseUuid(sessionId);
    if (id === undefined || !(await findOwnSession(tx, caller, id))) throw new Refusal("SESSION_NOT_FOUND");
    const isCurrent = id === caller.credentialId;
    const cause = isCurrent ? "signed_out" : "ended_elsewhere";
    const hasEnded = await endSessionIn(tx, { sessionId: id, context, cause });
    const session = (await findOwnSession(tx, caller, id))!;
    return { outcome: hasEnded ? "transitioned" : "unchanged", session };
  });
}

/**
 * Ends the caller's other sessions.
 * @returns how many
 */
export const endOtherSessions = (
  db: Db,
  { caller, context }: Omit<EndOwnSession, "sessionId">,
): Promise<number> =>
  db.$transaction((tx) =>
    endSessionsOf(tx, {
      personId: caller.person.id,
      exceptId: caller.credentialId,
      context,
      cause: "ended_elsewhere",
    }),
  );
