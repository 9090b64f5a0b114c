import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const QUARTER_HOUR = 15 * 60;

/** Someone who guesses at one person's password. Others' guesses don't keep that person out. */
const byPair = new RateLimiterMemory({ points: 10, duration: QUARTER_HOUR });
/** Someone who tries a common password on many people. */
const byAddress = new RateLimiterMemory({ points: 50, duration: QUARTER_HOUR });
/** Many addresses that guess at one person's password: the only limit that can keep the person out, so a high one. */
const byEmail = new RateLimiterMemory({ points: 100, duration: 3600 });
/** A browser that the person has signed in with: what others do at its address or to the person doesn't count for it. */
const byDevice = new RateLimiterMemory({ points: 10, duration: QUARTER_HOUR });
/** Links have 256 random bits and can't be guessed; this only bounds what is written down. */
const byLinkAddress = new RateLimiterMemory({ points: 300, duration: QUARTER_HOUR });

export type Attempt = {
  email: string;
  /** What counts as one client; undefined for an address that could be anybody's: it has no budget to use up. */
  block: string | undefined;
  /** The browser, when the person has signed in with it before. */
  deviceId?: string | undefined;
};
export type Blocked = {
  /** Whether it is the first attempt that this limit holds up, until it ends. */
  isFirst: boolean;
};
/** The budgets that an attempt was counted against. */
type Counted = readonly (readonly [RateLimiterMemory, string])[];

const pairOf = ({ block, email }: Attempt) => `${block} ${email}`;

/**
 * Counts an attempt to sign in as failed, until `forgiveAttempt` says otherwise. A known browser has a budget of its own,
 * and is a stranger once that is used up: a stolen cookie allows ten more guesses and keeps nobody out.
 * @returns what it was counted against, or what blocks it; a limit that comes later doesn't count it then, as else a
 *   stranger who is blocked already could use up everyone's limit
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
  // Asked first: an address that is blocked adds nothing to what is kept in memory.
  const used = block === undefined ? 0 : ((await byAddress.get(block))?.consumedPoints ?? 0);
  const isExhausted = used >= byAddress.points;
  for (const [limit, key] of isExhausted ? [limits[1]!] : limits) {
    const blocked = await consume(limit, key);
    if (blocked) return { blocked };
  }
  return { counted: limits };
}

/** Takes back that a counted attempt failed, when that was not the caller's doing. */
export async function forgiveAttempt(counted: Counted): Promise<void> {
  for (const [limit, key] of counted) await limit.reward(key);
}

/**
 * Takes back an attempt that was right, and what the same person mistyped before at the same address or browser. The other
 * failures of the address stay counted: else whoever knows one password could guess at others' without end.
 */
export async function clearAttempts(counted: Counted, attempt: Attempt): Promise<void> {
  await forgiveAttempt(counted);
  await byPair.delete(pairOf(attempt));
  if (attempt.deviceId !== undefined) await byDevice.delete(attempt.deviceId);
}

/** Counts the use of a link that is not open. Sign-ins of the same address don't suffer from it. */
export const countUnknownLink = (block: string | undefined): Promise<Blocked | undefined> =>
  consume(byLinkAddress, block ?? "unknown");

async function consume(limit: RateLimiterMemory, key: string): Promise<Blocked | undefined> {
  try {
    await limit.consume(key);
    return undefined;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return { isFirst: error.consumedPoints === limit.points + 1 };
  }
}
