import { verifyCode } from "./verify-code";
import { mailFactorNews } from "./factor-mail";
import type { Db } from "@/lib/platform/db/client";
import { addressBlock } from "./address-block";
import { findKnownDevice, writeKnownDevice } from "./known-device";
import { isPasswordOff, mayUsePassword } from "./password-rules";
import { markOf, openSecondStep, type SecondStepTicket } from "./second-step-ticket";
import { PERSON_FIELDS, type SessionPerson } from "./session-person";
import { recordBreakGlass, recordFailure, refuseBlocked, type SignIn, type SignInResult } from "./sign-in";
import { clearAttempts, countAttempt, countSignIn, forgiveAttempt } from "./sign-in-limits";
import { startSession } from "./start-session";
import { spendTicket, ticketCookie } from "./ticket";

type Known = SessionPerson & { passwordHash: string | null };

type SecondStep = Omit<SignIn, "email" | "password"> & {
  /** Of the cookie. */
  ticket: string | undefined;
  code: string;
};

/**
 * Starts the session of a person who proved the password before and proves a second factor now. Wrong codes
 * count as wrong passwords do, and only the whole sign-in clears the count.
 */
export async function finishSignIn(
  db: Db,
  { ticket, code, context, formerSessionIds = [], devices = [], isAddressOfProxy = false }: SecondStep,
): Promise<SignInResult> {
  const opened = openSecondStep(ticket);
  const person = opened && (await findPerson(db, opened.claims));
  if (!opened || !person) return { failure: "step_expired" };
  const { id, email } = person;
  const deviceId = await findKnownDevice(db, devices, email);
  const attempt = { email, block: isAddressOfProxy ? undefined : addressBlock(context.ip), deviceId };
  const { counted, blocked } = { counted: [], ...(await countAttempt(attempt)) };
  if (blocked) return refuseBlocked(db, email, context, blocked);
  try {
    const proof = await verifyCode(db, { personId: id, code });
    if (!proof) {
      await recordFailure(db, email, context, "wrong_code");
      return { failure: "wrong_code" };
    }
    if (!(await spendTicket(db, opened))) return { failure: "step_expired" };
    const tooOften = await countSignIn(id);
    if (tooOften) return await refuseBlocked(db, email, context, tooOften);
    const authenticatedWith = ["password", proof] as const;
    const meta = isPasswordOff() ? { is_break_glass: true } : {};
    const session = { person, context, formerSessionIds, authenticatedWith, meta };
    const sessionId = await startSession(db, session);
    if (sessionId === undefined) return { failure: "step_expired" };
    await clearAttempts(counted, attempt);
    if (isPasswordOff()) await recordBreakGlass(db, email, context);
    if (proof === "recovery_code") await mailFactorNews(db, { person, what: RECOVERED, context });
    return { sessionId, cookies: [writeKnownDevice(person, devices, deviceId), ticketCookie("step", "")] };
  } catch (error) {
    // An unreachable database is not the person's fault.
    await forgiveAttempt(counted);
    throw error;
  }
}

const RECOVERED = "Someone signed in to your Runflow console account with one of your recovery codes";

async function findPerson(
  db: Db,
  { personId, password }: SecondStepTicket["claims"],
): Promise<Known | undefined> {
  const person = await db.person.findFirst({
    where: { id: personId, kind: "staff", disabledAt: null },
    select: { ...PERSON_FIELDS, passwordHash: true },
  });
  return person && mayUsePassword(person.email) && markOf(person) === password ? person : undefined;
}
