import { hash, verify } from "@node-rs/argon2";
import { networkOf } from "./address-block";
import { makeFairLimiter } from "./limiter";

/** argon2id with the cost that OWASP recommends: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Each hash takes a core and 19 MiB; password guesses must not starve everything else. Networks take turns,
 * so that a flood from some doesn't keep others from signing in.
 */
const inTurn = makeFairLimiter({ running: 2, waiting: 40, waitingInAll: 1_000 });

/** For strangers: the network of an address takes its turn. */
export const inTurnOf = <T>(address: string | null, work: () => Promise<T>): Promise<T> =>
  inTurn({ group: networkOf(address) }, work);

/** For someone who has proved something, such as a known browser, a session or a link: before strangers. */
export const beforeStrangers = <T>(work: () => Promise<T>): Promise<T> =>
  inTurn({ group: "", isUrgent: true }, work);

/** Characters that look alike count as equal, whichever keyboard typed them (NIST SP 800-63B, 3.1.1.2). */
const normalize = (password: string): string => password.normalize("NFKC");

export const hashPassword = (password: string): Promise<string> => hash(normalize(password), COST);

let decoy: Promise<string> | undefined;

/**
 * @param passwordHash null for an unknown person or one without a password; takes the same time, so that it
 * doesn't reveal which emails exist
 */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("no one has this password");
  const isRight = await verify(passwordHash ?? (await decoy), normalize(password));
  return isRight && passwordHash !== null;
}
