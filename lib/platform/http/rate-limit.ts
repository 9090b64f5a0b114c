import { addressBlock } from "@/lib/identity/address-block";
import { env } from "@/lib/platform/env/env";
import { Refusal } from "@/lib/platform/errors";
import { BatchedLimiter } from "@/lib/platform/limits/batched-limiter";
import { take } from "@/lib/platform/limits/shared-limiter";
import { tooMany } from "@/lib/platform/limits/too-many";
import { budgetOf, type Caller } from "@/lib/states/caller";
import { readClientAddress } from "./client-address";

let ofCallers: BatchedLimiter | undefined;
let ofRefused: BatchedLimiter | undefined;

/**
 * Rate limiter per person, over all their sessions, or per key.
 * @throws Refusal RATE_LIMITED with `Retry-After` in seconds
 */
export async function countRequest(caller: Caller): Promise<void> {
  const points = env().RATE_LIMIT_PER_MINUTE;
  ofCallers ??= new BatchedLimiter({ name: "requests", points, seconds: 60 });
  const exceeded = await take(ofCallers, budgetOf(caller));
  if (exceeded) throw tooMany("Too many requests with this credential.", exceeded.seconds);
}

/**
 * Rate limiter for refused credentials, per client address. Over the budget, refusals are no longer recorded
 * individually, so that clients without a credential can't fill the database. Valid credentials never get
 * here.
 * @returns the refusal: UNAUTHORIZED, or RATE_LIMITED with `Retry-After` in seconds
 */
export async function refuseCredential(headers: Headers): Promise<Refusal> {
  const points = env().REFUSALS_PER_MINUTE;
  ofRefused ??= new BatchedLimiter({ name: "refusals", points, seconds: 60 });
  const exceeded = await take(ofRefused, addressBlock(readClientAddress(headers)) ?? "unknown");
  if (!exceeded) return new Refusal("UNAUTHORIZED");
  const what = "Too many requests without a valid credential from this address.";
  return tooMany(what, exceeded.seconds, { isOneOfMany: true });
}
