import { createHmac, timingSafeEqual } from "node:crypto";

const SIGNATURE = /^[0-9a-f]{64}$/;

/** 64 lowercase hex digits: HMAC-SHA256 of the raw body. */
export const signProviderEvent = (secret: string, body: Uint8Array | string): string =>
  createHmac("sha256", secret).update(body).digest("hex");

/**
 * Whether one of the secrets made the signature; several are valid during a rotation. Tries every secret, so
 * that timing reveals nothing.
 * @param signature the header's value, or null
 */
export function isProviderSignature(
  signature: string | null,
  body: Uint8Array,
  secrets: readonly string[],
): boolean {
  if (signature === null || !SIGNATURE.test(signature)) return false;
  const given = Buffer.from(signature, "hex");
  const matches = secrets.map((secret) =>
    timingSafeEqual(given, createHmac("sha256", secret).update(body).digest()),
  );
  return matches.includes(true);
}

/**
 * Replay protection: refuses a captured request sent again later.
 * @param sentAt when the sender claims to have signed it, in ms since 1970
 */
export const isRecent = (sentAt: number, now: number, windowMs: number): boolean =>
  Math.abs(now - sentAt) <= windowMs;
