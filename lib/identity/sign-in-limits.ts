import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { addressBlock } from "./address-block";

const QUARTER_HOUR = 15 * 60;

/** Someone who guesses at one person's password. Others' guesses don't keep that person out. */
const byPair = new RateLimiterMemory({ points: 10, duration: QUARTER_HOUR });
/** Someone who tries a common password on many people. */
const byAddress = new RateLimiterMemory({ points: 50, duration: QUARTER_HOUR });
/** Many addresses that guess at one person's password: the only limit that can keep the person out, so a high one. */
const byEmail = new RateLimiterMemory({ points: 100, duration: 3600 });

type Attempt = { email: string; ip: string | null };
export type Blocked = {
  /** Whether it is the first attempt that this limit holds up, until it ends. */
  isFirst: boolean;
};

const keysOf = ({ email, ip }: Attempt) => {
  const block = addressBlock(ip);
  return [
    [byPair, `${block} ${email}`],
    [byAddress, block],
    [byEmail, email],
  ] as const;
};

/**
 * Counts an attempt to sign in as failed, until `forgiveAttempt` says otherwise.
 * @returns undefined, or what blocks it; a limit that comes later doesn't count it then, as else a stranger who is
 *   blocked already could use up everyone's limit
 */
export async function countAttempt(attempt: Attempt): Promise<Blocked | undefined> {
  const keys = keysOf(attempt);
  const [, [, block]] = keys;
  // Asked first: an address that is blocked adds nothing to what is kept in memory.
  const isExhausted = ((await byAddress.get(block))?.consumedPoints ?? 0) >= byAddress.points;
  for (const [limit, key] of isExhausted ? [keys[1]] : keys) {
    try {
      await limit.consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return { isFirst: error.consumedPoints === limit.points + 1 };
    }
  }
  return undefined;
}

/** Takes back that a counted attempt failed, when that was not the caller's doing. */
export async function forgiveAttempt(attempt: Attempt): Promise<void> {
  for (const [limit, key] of keysOf(attempt)) await limit.reward(key);
}

/**
 * Takes back an attempt that was right, and what the same person mistyped before at the same address. The other failures
 * of the address stay counted: else whoever knows one password could guess at others' without end.
 */
export async function clearAttempts(attempt: Attempt): Promise<void> {
  await forgiveAttempt(attempt);
  const [[pair, key]] = keysOf(attempt);
  await pair.delete(key);
}

/**
 * Counts an attempt to use a link against its address, together with the sign-ins that failed there: whoever has no link
 * guesses at nobody's in particular.
 */
export async function countLinkAttempt(ip: string | null): Promise<Blocked | undefined> {
  try {
    await byAddress.consume(addressBlock(ip));
    return undefined;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return { isFirst: error.consumedPoints === byAddress.points + 1 };
  }
}

/** Takes back a counted attempt that was right, or that failed by no doing of the caller's. */
export async function forgiveLinkAttempt(ip: string | null): Promise<void> {
  await byAddress.reward(addressBlock(ip));
}
