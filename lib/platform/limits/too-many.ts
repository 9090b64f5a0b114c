import { Refusal } from "@/lib/platform/errors";

type Options = { isOneOfMany?: true };

/**
 * The refusal of a used-up limit, with `Retry-After`.
 * @param what was too much, as a sentence
 */
export function tooMany(what: string, seconds: number, options: Options = {}): Refusal {
  const wait = seconds <= 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
  return new Refusal("RATE_LIMITED", {
    message: `${what} Try again in ${wait}.`,
    headers: { "Retry-After": String(seconds) },
    ...options,
  });
}
