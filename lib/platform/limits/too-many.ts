import { describeWait } from "@/lib/contract/wait-text";
import { Refusal } from "@/lib/platform/errors";

type Options = { isOneOfMany?: true };

/**
 * The refusal of a used-up limit, with `Retry-After`.
 * @param what the excess, as a sentence
 */
export function tooMany(what: string, seconds: number, options: Options = {}): Refusal {
  return new Refusal("RATE_LIMITED", {
    message: `${what} Try again in ${describeWait(seconds)}.`,
    headers: { "Retry-After": String(seconds) },
    ...options,
  });
}
