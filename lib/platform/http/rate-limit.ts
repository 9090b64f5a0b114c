import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { addressBlock } from "@/lib/identity/address-block";
import { env } from "@/lib/platform/env/env";
import { Refusal } from "@/lib/platform/errors";
import { budgetOf, type Caller } from "@/lib/states/caller";
import { readClientAddress } from "./client-address";

const perMinute = (points: number) => new RateLimiterMemory({ points, duration: 60 });
let ofCallers: RateLimiterMemory | undefined;
let ofRefused: RateLimiterMemory | undefined;

/**
 * Rate limiter per person or key: a budget per minute and server process, without a round trip to a store.
 * @throws Refusal RATE_LIMITED with `Retry-After` in seconds
 */
export async function countRequest(caller: Caller): Promise<void> {
  ofCallers ??= perMinute(env().RATE_LIMIT_PER_MINUTE);
  const seconds = await consume(ofCallers, budgetOf(caller));
  if (seconds !== undefined) throw new Refusal("RATE_LIMITED", { headers: retryAfter(seconds) });
}

/**
 * Rate limiter for refused credentials, per client address. Over the budget, refusals are no longer recorded
 * individually, so that clients without a credential can't fill the database. Valid credentials never get
 * here.
 * @returns the refusal: UNAUTHORIZED, or RATE_LIMITED with `Retry-After` in seconds
 */
export async function refuseCredential(headers: Headers): Promise<Refusal> {
  ofRefused ??= perMinute(env().REFUSALS_PER_MINUTE);
  const seconds = await consume(ofRefused, addressBlock(readClientAddress(headers)) ?? "unknown");
  if (seconds === undefined) return new Refusal("UNAUTHORIZED");
  const message = "Too many requests without a valid credential from this address. Try again later.";
  return new Refusal("RATE_LIMITED", { message, headers: retryAfter(seconds), isOneOfMany: true });
}

const retryAfter = (seconds: number) => ({ "Retry-After": String(seconds) });

/** @returns the seconds to wait if the budget is used up */
async function consume(limiter: RateLimiterMemory, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
  }
}
