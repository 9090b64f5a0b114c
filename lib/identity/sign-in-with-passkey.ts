import type { PasskeyAssertion } from "@/lib/contract/passkeys";
import { verifyAssertion } from "./passkey";
import type { Db } from "@/lib/platform/db/client";
import { addressBlock } from "./address-block";
import { writeKnownDevice } from "./known-device";
import { isPasswordOff, mayUsePassword } from "./password-rules";
import { PERSON_FIELDS } from "./session-person";
import { recordBreakGlass, recordFailure, refuseBlocked, type SignIn, type SignInResult } from "./sign-in";
import { countPasskey, countSignIn, forgiveAttempt } from "./sign-in-limits";
import { startSession } from "./start-session";
import { ticketCookie } from "./ticket";

type PasskeySignIn = Omit<SignIn, "email" | "password"> & {
  /** Of the challenge's cookie. */
  ticket: string | undefined;
  response: PasskeyAssertion;
};

/**
 * Starts a session for the person of a passkey. It is two factors in one: the authenticator, and the PIN or
 * fingerprint that unlocks it.
 */
export async function signInWithPasskey(
  db: Db,
  { ticket, response, context, formerSessionIds = [], devices = [], isAddressOfProxy = false }: PasskeySignIn,
): Promise<SignInResult> {
  const block = isAddressOfProxy ? undefined : addressBlock(context.ip);
  const { counted, blocked } = { counted: [], ...(await countPasskey(block)) };
  if (blocked) return refuseBlocked(db, undefined, context, blocked);
  try {
    const verified = await verifyAssertion(db, { response, ticket });
    const person = verified && (await findPerson(db, verified.personId));
    const tooOften = person && (await countSignIn(person.id));
    if (tooOften) return await refuseBlocked(db, person.email, context, tooOften);
    const authenticatedWith = ["passkey"] as const;
    const meta = isPasswordOff() ? { is_break_glass: true } : {};
    const sessionId =
      person && (await startSession(db, { person, context, formerSessionIds, authenticatedWith, meta }));
    if (!person || sessionId === undefined) {
      await recordFailure(db, person?.email, context, "wrong_passkey");
      return { failure: "wrong_passkey" };
    }
    await forgiveAttempt(counted);
    if (isPasswordOff()) await recordBreakGlass(db, person.email, context);
    const deviceId = devices.find(({ personId }) => personId === person.id)?.deviceId;
    const cookies = [writeKnownDevice(person, devices, deviceId), ticketCookie("challenge", "")];
    return { sessionId, cookies: [...cookies, ticketCookie("step", "")] };
  } catch (error) {
    await forgiveAttempt(counted);
    throw error;
  }
}

async function findPerson(db: Db, id: string) {
  const person = await db.person.findFirst({
    where: { id, kind: "staff", disabledAt: null, passwordHash: { not: null } },
    select: { ...PERSON_FIELDS, passwordHash: true },
  });
  return person && mayUsePassword(person.email) ? person : undefined;
}
