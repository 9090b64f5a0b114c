import { type Exceeded, SharedLimiter, take } from "@/lib/platform/limits/shared-limiter";

const QUARTER_HOUR = 15 * 60;

/** Against guessing one person's password. Other addresses' guesses don't lock that person out. */
const byPair = new SharedLimiter({ name: "sign_in_pairs", points: 10, seconds: QUARTER_HOUR });
/** Against trying a common password on many people. */
const byAddress = new SharedLimiter({ name: "sign_in_addresses", points: 50, seconds: QUARTER_HOUR });
/**
 * Against many addresses guessing one person's password. Only this limit can lock a person out, so it is
 * high.
 */
const byEmail = new SharedLimiter({ name: "sign_in_emails", points: 100, seconds: 3600 });
/**
 * For a browser that the person has signed in with: unaffected by failures of others at its address or with
 * the person's email.
 */
const byDevice = new SharedLimiter({ name: "sign_in_devices", points: 10, seconds: QUARTER_HOUR });
/** Links have 256 random bits and can't be guessed; this only limits how many events are recorded. */
const byLinkAddress = new SharedLimiter({ name: "links", points: 300, seconds: QUARTER_HOUR });

/** Passwords are guessed at the provider, if anywhere; this only limits how many events are recorded. */
const byProviderAddress = new SharedLimiter({ name: "provider_sign_ins", points: 50, seconds: QUARTER_HOUR });

/** Right sign-ins: each leaves a session and an entry. */
const byPerson = new SharedLimiter({ name: "sign_ins", points: 20, seconds: QUARTER_HOUR });

/** Passkeys can't be guessed; this limits how many events are recorded, and how much is verified. */
const byPasskeyAddress = new SharedLimiter({ name: "passkeys", points: 50, seconds: QUARTER_HOUR });

export type Attempt = {
  email: string;
  /** Undefined for an address that anyone may share, such as a proxy's; it has no budget. */
  block: string | undefined;
  /** The browser, if the person has signed in with it before. */
  deviceId?: string | undefined;
};
/** The budgets that counted an attempt. */
type Counted = readonly (readonly [SharedLimiter, string])[];

const pairOf = ({ block, email }: Attempt) => `${block} ${email}`;

/**
 * Counts a sign-in attempt as failed, until `forgiveAttempt` says otherwise. A known browser has its own
 * budget and counts as unknown once that is used up, so a stolen cookie allows ten more guesses and locks no
 * one out.
 * @returns the budgets that were used, or the limit that blocks; later limits are then not counted, so that a
 * blocked stranger can't use up everyone's limit
 */
export async function countAttempt(
  attempt: Attempt,
): Promise<{ counted: Counted; blocked?: undefined } | { blocked: Exceeded }> {
  const { email, block, deviceId } = attempt;
  if (deviceId !== undefined && !(await take(byDevice, deviceId))) return { counted: [[byDevice, deviceId]] };
  const limits: Counted =
    block === undefined
      ? [[byEmail, email]]
      : [
          [byPair, pairOf(attempt)],
          [byAddress, block],
          [byEmail, email],
        ];
  // Check first: a blocked address must not fill the table.
  const isBlocked = block !== undefined && byAddress.isBlocked(block);
  for (const [limit, key] of isBlocked ? [limits[1]!] : limits) {
    const blocked = await take(limit, key);
    if (blocked) return { blocked };
  }
  return { counted: limits };
}

/** Takes back an attempt that failed through no fault of the caller's. */
export async function forgiveAttempt(counted: Counted): Promise<void> {
  await Promise.all(counted.map(([limit, key]) => limit.reward(key)));
}

/**
 * Takes back a successful attempt, and the same person's earlier mistakes at this address or browser. Other
 * failures at the address still count; otherwise a person with one valid password could guess others' without
 * limit.
 */
export async function clearAttempts(counted: Counted, attempt: Attempt): Promise<void> {
  await forgiveAttempt(counted);
  await byPair.delete(pairOf(attempt));
  if (attempt.deviceId !== undefined) await byDevice.delete(attempt.deviceId);
}

/** Counts the use of an invalid link; sign-ins from the address are unaffected. */
export const countUnknownLink = (block: string | undefined): Promise<Exceeded | undefined> =>
  take(byLinkAddress, block ?? "unknown");

/** Counts a failed sign-in with an identity provider. */
export const countProviderFailure = (block: string | undefined): Promise<Exceeded | undefined> =>
  take(byProviderAddress, block ?? "unknown");

/** Counts a right sign-in; nobody but the person can use up this limit. */
export const countSignIn = (personId: string): Promise<Exceeded | undefined> => take(byPerson, personId);

/** Counts a sign-in with a passkey as failed, until `forgiveAttempt` says otherwise. */
export async function countPasskey(
  block: string | undefined,
): Promise<{ counted: Counted; blocked?: undefined } | { blocked: Exceeded }> {
  const key = block ?? "unknown";
  const blocked = await take(byPasskeyAddress, key);
  return blocked ? { blocked } : { counted: [[byPasskeyAddress, key]] };
}
