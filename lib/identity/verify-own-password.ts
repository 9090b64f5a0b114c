import type { Db } from "@/lib/platform/db/client";
import { invalid, Refusal } from "@/lib/platform/errors";
import { tooMany } from "@/lib/platform/limits/too-many";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { addressBlock } from "./address-block";
import { type ClaimedDevice, findKnownDevice } from "./known-device";
import { TooBusy } from "./limiter";
import { beforeStrangers, isPassword } from "./password";
import { clearAttempts, countAttempt, forgiveAttempt } from "./sign-in-limits";

/** The browser that sent a request. */
export type Browser = {
  /** The people who have signed in with it, as its cookie claims. */
  devices: readonly ClaimedDevice[];
  /** Whether the address is a proxy's, which any number of clients share. */
  isAddressOfProxy: boolean;
};

type VerifyOwnPassword = {
  caller: Caller;
  context: RequestContext;
  browser: Browser;
  password: string;
  /** The field of the body that has the password. */
  field: string;
  /** Verifies the attempt's other proof, or throws a Refusal, which counts although the password is right. */
  alsoVerify?: () => Promise<void>;
};

/** `passwordHash`: of the password just verified. */
export type Verified = { passwordHash: string; deviceId: string | undefined };

/**
 * Verifies the password of a signed-in person; counts as a sign-in attempt, so that a session left open
 * doesn't help to guess it.
 * @throws Refusal VALIDATION_ERROR `wrong_password` at the field
 * @throws Refusal RATE_LIMITED with `Retry-After` in seconds
 */
export async function verifyOwnPassword(
  db: Db,
  { caller: { person }, context, browser, password, field, alsoVerify }: VerifyOwnPassword,
): Promise<Verified> {
  const deviceId = await findKnownDevice(db, browser.devices, person.email);
  const block = browser.isAddressOfProxy ? undefined : addressBlock(context.ip);
  const attempt = { email: person.email, block, deviceId };
  const { counted, blocked } = { counted: [], ...(await countAttempt(attempt)) };
  if (blocked) {
    const isOneOfMany = !blocked.isFirst && { isOneOfMany: true as const };
    throw tooMany("Too many failed attempts.", blocked.seconds, { ...isOneOfMany });
  }
  try {
    const row = await db.person.findUnique({ where: { id: person.id }, select: { passwordHash: true } });
    const passwordHash = row?.passwordHash ?? null;
    const isRight = await beforeStrangers(() => isPassword(passwordHash, password));
    if (!isRight || passwordHash === null)
      throw invalid(["body", field], "wrong_password", "This is not your current password.");
    await alsoVerify?.();
    await clearAttempts(counted, attempt);
    return { passwordHash, deviceId };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    await forgiveAttempt(counted);
    if (!(error instanceof TooBusy)) throw error;
    throw tooMany("Too many people are signing in right now.", 1);
  }
}
