import { hash, verify } from "@node-rs/argon2";

/** argon2id with the cost that OWASP's password storage page recommends: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

let decoy: Promise<string> | undefined;

/**
 * @param passwordHash null for a person who is unknown or has no password: the same work is done, so that the time
 *   that an answer takes does not tell which e-mail addresses exist
 */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("no one has this password");
  const isRight = await verify(passwordHash ?? (await decoy), password);
  return isRight && passwordHash !== null;
}
