import { createHash } from "node:crypto";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { limitStore } from "./limit-store";

export type Limit = {
  /** Unique among the limits. */
  name: string;
  points: number;
  seconds: number;
};

/** The table is shared, so one limiter of a process deletes expired rows for all. */
let isCleared = false;

/**
 * A rate limiter whose counts all processes share. A used-up limit is remembered in memory until its period
 * ends, so a flood costs no statement. Without the database, each process counts alone.
 */
export class SharedLimiter extends RateLimiterPostgres {
  constructor({ name, points, seconds }: Limit, storeClient: unknown = limitStore) {
    const budget = { keyPrefix: name, points, duration: seconds };
    super({
      ...budget,
      storeClient,
      storeType: "client",
      tableName: "rate_limits",
      tableCreated: true,
      clearExpiredByTimeout: !isCleared,
      inMemoryBlockOnConsumed: points + 1,
      insuranceLimiter: new RateLimiterMemory(budget),
    });
    isCleared = true;
  }

  /** Typed here, because the library's types lack it. */
  declare getInMemoryBlockMsBeforeExpire: (storedKey: string) => number;

  /** Whether this process knows, without asking the database, that the key's limit is used up. */
  isBlocked(key: string): boolean {
    return this.getInMemoryBlockMsBeforeExpire(this.getKey(key)) > 0;
  }

  /** Hashed, because people type passwords into the email field, and to bound its length. */
  override getKey(key: string | number): string {
    return super.getKey(createHash("sha256").update(String(key)).digest("base64url"));
  }
}

/** A used-up limit. */
export type Exceeded = {
  /** Whether this is the first attempt beyond the limit in its period. */
  isFirst: boolean;
  /** Until the period ends. */
  seconds: number;
};

type Limiter = { points: number; consume(key: string): Promise<unknown> };

/** Uses one point of the key's limit. */
export async function take(limiter: Limiter, key: string): Promise<Exceeded | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return {
      isFirst: error.consumedPoints === limiter.points + 1,
      seconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)),
    };
  }
}
