import { Prisma } from "@/generated/prisma/client";
import type { StepUpBody } from "@/lib/contract/step-up";
import { verifyAssertion } from "./passkey";
import { verifyCode } from "./verify-code";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { invalid, Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { type Browser, verifyOwnPassword } from "./verify-own-password";

type StepUp = {
  caller: Caller;
  context: RequestContext;
  browser: Browser;
  body: StepUpBody;
  /** Of the cookie with a passkey's challenge. */
  ticket?: string | undefined;
};

/**
 * Step-up authentication: the person of a session proves again who they are, with the second factor that they
 * have.
 * @returns when that expires
 * @throws Refusal VALIDATION_ERROR `wrong_password`, `wrong_code`, `wrong_passkey`, or `missing`
 * @throws Refusal RATE_LIMITED with `Retry-After` in seconds
 */
export async function stepUp(db: Db, given: StepUp): Promise<Date> {
  const { caller } = given;
  const passwordHash = await prove(db, given);
  // Guarded: the session may have ended or the password changed since.
  const unchanged =
    passwordHash === undefined ? Prisma.empty : Prisma.sql`AND p.password_hash = ${passwordHash}`;
  const [renewed] = await db.$queryRaw<{ until: Date }[]>`
    UPDATE sessions s SET authenticated_at = date_trunc('milliseconds', now()) FROM people p
    WHERE s.id = ${caller.credentialId}::uuid AND s.ended_at IS NULL AND s.expires_at > now()
      AND p.id = s.person_id AND p.disabled_at IS NULL ${unchanged}
    RETURNING s.authenticated_at + ${env().STEP_UP_MINUTES}::int * interval '1 minute' AS until`;
  if (!renewed) throw new Refusal("UNAUTHORIZED");
  return renewed.until;
}

/** @returns the hash of the password, if that was proven */
async function prove(db: Db, { body, ticket, ...given }: StepUp): Promise<string | undefined> {
  const { person, factors = [] } = given.caller;
  const { password, code, passkey } = body;
  if (passkey) {
    const owner = await verifyAssertion(db, { response: passkey, ticket });
    if (owner?.personId === person.id) return undefined;
    throw invalid(["body", "passkey"], "wrong_passkey", "The passkey could not be verified. Try again.");
  }
  if (password === undefined) throw invalid(["body", "password"], "missing", "Enter your password.");
  const needsCode = factors.length > 0;
  if (needsCode && code === undefined)
    throw invalid(["body", "code"], "missing", "Enter a code, or use your passkey.");
  const alsoVerify = async () => {
    if (!needsCode || (await verifyCode(db, { personId: person.id, code: code! }))) return;
    throw invalid(["body", "code"], "wrong_code", "This code isn’t right, or was used before.");
  };
  const { passwordHash } = await verifyOwnPassword(db, { ...given, password, field: "password", alsoVerify });
  return passwordHash;
}
