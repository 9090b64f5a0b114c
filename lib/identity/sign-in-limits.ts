import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const QUARTER_HOUR = 15 * 60;

/** Against guessing one person's password. Other addresses' guesses don't lock that person out. */
const byPair = new RateLimiterMemory({ points: 10, duration: QUARTER_HOUR });
/** Against trying a common password on many people. */
const byAddress = new RateLimiterMemory({ points: 50, duration: QUARTER_HOUR });
/**
 * Against many addresses guessing one person's password. Only this limit can lock a person out, so it is
 * high.
 */
const byEmail = new RateLimiterMemory({ points: 100, duration: 3600 });
/**
 * For a browser that the person has signed in with: unaffected by failures of others at its address or with
 * the person's email.
 */
const byDevice = new RateLimiterMemory({ points: 10, duration: QUARTER_HOUR });
/** Links have 256 random bits and can't be guessed; this only limits how many events are recorded. */
const byLinkAddress = new RateLimiterMemory({ points: 300, duration: QUARTER_HOUR });

/** Passwords are guessed at the provider, if anywhere; this only limits how many events are recorded. */
const byProviderAddress = new RateLimiterMemory({ points: 50, duration: QUARTER_HOUR });

export type Attempt = {
  email: string;
  /** Undefined for an address that anyone may share, such as a proxy's; it has no budget. */
  block: string | undefined;
  /** The browser, if the person has signed in with it before. */
  deviceId?: string | undefined;
};
export type Blocked = {
  /** Whether this is the first attempt that the limit blocks in its period. */
  isFirst: boolean;
};
/** The budgets that counted an attempt. */
type Counted = readonly (readonly [RateLimiterMemory, string])[];

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
): Promise<{ counted: Counted; blocked?: undefined } | { blocked: Blocked }> {
  const { email, block, deviceId } = attempt;
  if (deviceId !== undefined && !(await consume(byDevice, deviceId)))
    return { counted: [[byDevice, deviceId]] };
  const limits: Counted =
    block === undefined
      ? [[byEmail, email]]
      : [
          [byPair, pairOf(attempt)],
          [byAddress, block],
          [byEmail, email],
        ];
  // Check first: a blocked address must not fill the memory.
  const used = block === undefined ? 0 : ((await byAddress.get(block))?.consumedPoints ?? 0);
  const isExhausted = used >= byAddress.points;
  for (const [limit, key] of isExhausted ? [limits[1]!] : limits) {
    const blocked = await consume(limit, key);
    if (blocked) return { blocked };
  }
  return { counted: limits };
}

/** Takes back an attempt that failed through no fault of the caller's. */
export async function forgiveAttempt(counted: Counted): Promise<void> {
  for (const [limit, key] of counted) await limit.reward(key);
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
export const countUnknownLink = (block: string | undefined): Promise<Blocked | undefined> =>
  consume(byLinkAddress, block ?? "unknown");

/** Counts a failed sign-in with an identity provider. */
export const countProviderFailure = (block: string | undefined): Promise<Blocked | undefined> =>
  consume(byProviderAddress, block ?? "unknown");

async function consume(limit: RateLimiterMemory, key: string): Promise<Blocked | undefined> {
  try {
    await limit.consume(key);
    return undefined;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return { isFirst: error.consumedPoints === limit.points + 1 };
  }
}
