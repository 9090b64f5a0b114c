import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/errors";

let limiter: RateLimiterMemory | undefined;

/**
 * Counts one request of a credential against its budget per minute, per server process: no round trip to a store.
 * @throws Refusal RATE_LIMITED with `Retry-After` in seconds
 */
export async function countRequest(credentialId: string): Promise<void> {
  limiter ??= new RateLimiterMemory({ points: env().RATE_LIMIT_PER_MINUTE, duration: 60 });
  try {
    await limiter.consume(credentialId);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new Refusal("RATE_LIMITED", { headers: { "Retry-After": String(seconds) } });
  }
}
