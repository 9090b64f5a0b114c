import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Verifies a message's HMAC. Written as a customer would, from the documentation alone, so that it can't
 * share the signer's mistakes.
 * @param signature 64 lowercase hex digits: HMAC-SHA256 of the body's exact bytes
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
