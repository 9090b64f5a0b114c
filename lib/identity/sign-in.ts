import type { FactorKind } from "@/lib/contract/factors";
import { isStorable } from "@/lib/contract/storable-text";
import { findFactorKinds } from "./find-factor-kinds";
import type { Db } from "@/lib/platform/db/client";
import type { Exceeded } from "@/lib/platform/limits/shared-limiter";
import { log } from "@/lib/platform/log";
import { recordSecurityEvent } from "@/lib/security/record-security-event";
import type { RequestContext } from "@/lib/states/audit-entry";
import { addressBlock } from "./address-block";
import { TooBusy } from "./limiter";
import { type ClaimedDevice, findKnownDevice, writeKnownDevice } from "./known-device";
import { beforeStrangers, inTurnOf, isPassword } from "./password";
import { isPasswordOff, mayUsePassword } from "./password-rules";
import { beginSecondStep } from "./second-step-ticket";
import { PERSON_FIELDS, type SessionPerson } from "./session-person";
import { clearAttempts, countAttempt, countSignIn, forgiveAttempt } from "./sign-in-limits";
import { startSession } from "./start-session";

export type SignIn = {
  email: string;
  password: string;
  context: RequestContext;
  /** The browser's previous sessions, which end when the new one starts. */
  formerSessionIds?: readonly string[];
  /** The people who have signed in with the browser, as its cookie claims. */
  devices?: readonly ClaimedDevice[];
  /** Whether the address is a proxy's, which any number of clients share. */
  isAddressOfProxy?: boolean;
};
type Failure =
  "wrong_credentials" | "wrong_code" | "wrong_passkey" | "step_expired" | "rate_limited" | "overloaded";
/** `cookies`: Set-Cookie headers; the first one makes the browser known to the person. */
export type SignInResult = { sessionId: string; cookies: string[] } | SignInFailure;
/** `seconds`: until a rate-limited person can try again. */
type SignInFailure =
  | { failure: Exclude<Failure, "rate_limited">; seconds?: undefined }
  | { failure: "rate_limited"; seconds: number };
/** The password was right, but the person also needs a second factor. `cookie`: a Set-Cookie header. */
type SecondStepNeeded = { needs: readonly FactorKind[]; cookie: string };

/**
 * Starts a session for a staff person, unless they have a second factor. An unknown email, a wrong password
 * and a disabled person look the same. A person with an unverified email may sign in, but every route then
 * answers EMAIL_NOT_VERIFIED.
 */
export async function signIn(
  db: Db,
  { email, password, context, formerSessionIds = [], devices = [], isAddressOfProxy = false }: SignIn,
): Promise<SignInResult | SecondStepNeeded> {
  const address = email.trim().toLowerCase();
  const deviceId = isStorable(address) ? await findKnownDevice(db, devices, address) : undefined;
  const block = isAddressOfProxy ? undefined : addressBlock(context.ip);
  const attempt = { email: address, block, deviceId };

  // Count before checking the password, so that simultaneous attempts can't exceed the limit.
  const { counted, blocked } = { counted: [], ...(await countAttempt(attempt)) };
  if (blocked) return refuseBlocked(db, address, context, blocked);

  try {
    const find = () => findPerson(db, address, password);
    const person = await (deviceId === undefined ? inTurnOf(context.ip, find) : beforeStrangers(find));
    const needs = person ? await findFactorKinds(db, person.id) : [];
    if (person && needs.length > 0) {
      // Counts as nothing yet, because with each right password, more codes could be guessed.
      await forgiveAttempt(counted);
      return { needs, cookie: beginSecondStep(person) };
    }
    const tooOften = person && (await countSignIn(person.id));
    if (tooOften) {
      await clearAttempts(counted, attempt);
      return await refuseBlocked(db, address, context, tooOften);
    }
    const authenticatedWith = ["password"] as const;
    const meta = isPasswordOff() ? { is_break_glass: true } : {};
    const sessionId =
      person && (await startSession(db, { person, context, formerSessionIds, authenticatedWith, meta }));
    if (!person || sessionId === undefined) {
      await recordFailure(db, address, context, "wrong_credentials");
      return { failure: "wrong_credentials" };
    }
    await clearAttempts(counted, attempt);
    if (isPasswordOff()) await recordBreakGlass(db, address, context);
    return { sessionId, cookies: [writeKnownDevice(person, devices, deviceId)] };
  } catch (error) {
    // An unreachable database is not the person's fault.
    await forgiveAttempt(counted);
    if (!(error instanceof TooBusy)) throw error;
    log.warn({ request_id: context.requestId }, "too many sign-ins at once");
    return { failure: "overloaded" };
  }
}

export async function refuseBlocked(
  db: Db,
  address: string | undefined,
  context: RequestContext,
  { isFirst, seconds }: Exceeded,
): Promise<SignInFailure> {
  // One event reports the block; more would only let an attacker fill the table.
  if (isFirst) await recordFailure(db, address, context, "rate_limited");
  else log.info({ request_id: context.requestId }, "a blocked sign-in was retried");
  return { failure: "rate_limited", seconds };
}

type Found = SessionPerson & { passwordHash: string | null };

async function findPerson(db: Db, email: string, password: string): Promise<Found | undefined> {
  const person =
    !isStorable(email) || !mayUsePassword(email)
      ? null
      : await db.person.findFirst({
          where: { email, kind: "staff", disabledAt: null },
          select: { ...PERSON_FIELDS, passwordHash: true },
        });
  const isRight = await isPassword(person?.passwordHash ?? null, password);
  return isRight && person ? person : undefined;
}

export async function recordFailure(
  db: Db,
  claimedName: string | undefined,
  context: SignIn["context"],
  failure: Exclude<Failure, "overloaded" | "step_expired">,
): Promise<void> {
  const isBlocked = failure === "rate_limited";
  await recordSecurityEvent(db, {
    kind: "sign_in.failed",
    status: isBlocked ? 429 : 401,
    code: isBlocked ? "RATE_LIMITED" : "UNAUTHORIZED",
    method: "POST",
    path: "/sign-in",
    caller: undefined,
    ...(claimedName !== undefined && { claimedName }),
    context,
    detail: { failure },
  });
}

/** Rare and powerful, so someone should look at each one. */
export const recordBreakGlass = (db: Db, claimedName: string, context: SignIn["context"]): Promise<void> =>
  recordSecurityEvent(db, {
    kind: "sign_in.break_glass",
    status: 200,
    code: "BREAK_GLASS",
    method: "POST",
    path: "/sign-in",
    caller: undefined,
    claimedName,
    context,
    detail: null,
  });
