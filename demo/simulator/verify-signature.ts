import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether a message comes from the one who shares a secret with us. Written as a customer would, from the description
 * alone: code that is shared with the signer would make its mistakes, too.
 * @param signature 64 lower-case hex digits: HMAC-SHA256 of the body's bytes as they came
 * @param secrets the valid ones, several during a rotation; without any, unsigned messages are accepted
 */
export function verifySignature(
  body: Buffer,
  signature: string | undefined,
  secrets: readonly string[],
): boolean {
  if (secrets.length === 0) return true;
  if (signature === undefined || !/^[0-9a-f]{64}$/.test(signature)) return false;
  const given = Buffer.from(signature, "hex");
  return secrets.some((secret) => timingSafeEqual(createHmac("sha256", secret).update(body).digest(), given));
}
