import type { Db } from "@/lib/platform/db/client";
import { log } from "@/lib/platform/log";
import { recordSecurityEvent } from "@/lib/security/record-security-event";
import type { RequestContext } from "@/lib/states/audit-entry";
import { TooBusy } from "./at-most";
import { inTurn, isPassword } from "./password";
import { PERSON_FIELDS, type SessionPerson } from "./session-person";
import { clearAttempts, countAttempt, forgiveAttempt } from "./sign-in-limits";
import { startSession } from "./start-session";

export type SignIn = {
  email: string;
  password: string;
  context: RequestContext;
  /** The session that the same browser had; it ends with the start of the new one. */
  formerSessionId?: string | undefined;
};
type Failure = "wrong_credentials" | "rate_limited" | "overloaded";
export type SignInResult = { sessionId: string } | { failure: Failure };

/**
 * Starts a session for a member of staff. An unknown e-mail, a wrong password and a disabled person look the same.
 * A person whose e-mail is not verified may sign in; every route then answers EMAIL_NOT_VERIFIED.
 */
export async function signIn(
  db: Db,
  { email, password, context, formerSessionId }: SignIn,
): Promise<SignInResult> {
  const address = email.trim().toLowerCase();
  const attempt = { email: address, ip: context.ip };

  // Counted before the password is looked at, so that many attempts at once can't slip through together.
  const blocked = await countAttempt(attempt);
  if (blocked) {
    // One event says that someone has to wait; as many as they please to cause would only fill the table.
    if (blocked.isFirst) await recordFailure(db, address, context, "rate_limited");
    else log.info({ request_id: context.requestId }, "a sign-in that has to wait was tried again");
    return { failure: "rate_limited" };
  }

  try {
    const person = await inTurn(() => findPerson(db, address, password));
    const sessionId = person && (await startSession(db, { person, context, formerSessionId }));
    if (sessionId === undefined) {
      await recordFailure(db, address, context, "wrong_credentials");
      return { failure: "wrong_credentials" };
    }
    await clearAttempts(attempt);
    return { sessionId };
  } catch (error) {
    // Nor is it a failure of theirs that the database can't be reached.
    await forgiveAttempt(attempt);
    if (!(error instanceof TooBusy)) throw error;
    log.warn({ request_id: context.requestId }, "too many sign-ins at once");
    return { failure: "overloaded" };
  }
}

type Found = SessionPerson & { passwordHash: string | null };

async function findPerson(db: Db, email: string, password: string): Promise<Found | undefined> {
  // No address has a NUL, and PostgreSQL would not take it for a text.
  const person = email.includes("\0")
    ? null
    : await db.person.findFirst({
        where: { email, kind: "staff", disabledAt: null },
        select: { ...PERSON_FIELDS, passwordHash: true },
      });
  const isRight = await isPassword(person?.passwordHash ?? null, password);
  return isRight && person ? person : undefined;
}

async function recordFailure(
  db: Db,
  claimedName: string,
  context: SignIn["context"],
  failure: "wrong_credentials" | "rate_limited",
): Promise<void> {
  const isBlocked = failure === "rate_limited";
  await recordSecurityEvent(db, {
    kind: "sign_in.failed",
    status: isBlocked ? 429 : 401,
    code: isBlocked ? "RATE_LIMITED" : "UNAUTHORIZED",
    method: "POST",
    path: "/sign-in",
    caller: undefined,
    claimedName,
    context,
    detail: { failure },
  });
}
