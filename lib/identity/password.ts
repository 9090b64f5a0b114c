import { hash, verify } from "@node-rs/argon2";
import { atMost } from "./at-most";

/** argon2id with the cost that OWASP's password storage page recommends: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Passwords that are worked on: each takes a core and 19 MiB for a while, which guessing must not take from the rest. */
export const inTurn = atMost(2, 40);

/** What looks the same is the same, whichever keyboard it comes from (NIST SP 800-63B, 3.1.1.2). */
const normalize = (password: string): string => password.normalize("NFKC");

export const hashPassword = (password: string): Promise<string> => hash(normalize(password), COST);

let decoy: Promise<string> | undefined;

/**
 * @param passwordHash null for a person who is unknown or has no password: the same work is done, so that the time
 *   that an answer takes does not tell which e-mail addresses exist
 */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("no one has this password");
  const isRight = await verify(passwordHash ?? (await decoy), normalize(password));
  return isRight && passwordHash !== null;
}
