import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { RequestContext } from "@/lib/audit/audit-entry";
import type { Db } from "@/lib/db/client";
import { recordSecurityEvent } from "@/lib/security/record-security-event";
import { isPassword } from "./password";

export const SESSION_HOURS = 12;

/** Failed attempts for one e-mail address, from anywhere, before it has to wait. */
const failures = new RateLimiterMemory({ points: 10, duration: 15 * 60 });

export type SignIn = { email: string; password: string; context: Omit<RequestContext, "source"> };
export type SignInResult = { sessionId: string } | { failure: "wrong_credentials" | "rate_limited" };

/**
 * Starts a session for a member of staff. An unknown e-mail, a wrong password and a disabled person look the same.
 * A person whose e-mail is not verified may sign in; every route then answers EMAIL_NOT_VERIFIED.
 */
export async function signIn(db: Db, { email, password, context }: SignIn): Promise<SignInResult> {
  const address = email.trim().toLowerCase();
  const fail = async (failure: "wrong_credentials" | "rate_limited"): Promise<SignInResult> => {
    const status = failure === "rate_limited" ? 429 : 401;
    const code = failure === "rate_limited" ? "RATE_LIMITED" : "UNAUTHORIZED";
    const event = { kind: "sign_in.failed" as const, status, code, method: "POST", path: "/sign-in" };
    await recordSecurityEvent(db, {
      ...event,
      caller: undefined,
      claimedName: address,
      context,
      detail: { failure },
    });
    return { failure };
  };

  // Counted before the password is looked at, so that many attempts at once can't slip through together.
  const isBlocked = await failures.consume(address).then(
    () => false,
    (error: unknown) => {
      if (error instanceof RateLimiterRes) return true;
      throw error;
    },
  );
  if (isBlocked) return fail("rate_limited");

  // No address has a NUL, and PostgreSQL would not take it for a text.
  const person = address.includes("\0")
    ? null
    : await db.person.findFirst({ where: { email: address, kind: "staff", disabledAt: null } });
  const isRight = await isPassword(person?.passwordHash ?? null, password);
  if (!person || !isRight) return fail("wrong_credentials");

  await failures.delete(address);
  const expiresAt = new Date(Date.now() + SESSION_HOURS * 3_600_000);
  const session = await db.session.create({ data: { personId: person.id, expiresAt } });
  return { sessionId: session.id };
}
