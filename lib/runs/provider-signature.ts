import { createHmac, timingSafeEqual } from "node:crypto";

const SIGNATURE = /^[0-9a-f]{64}$/;

/** 64 lower-case hex digits: HMAC-SHA256 of the raw body. */
export const signProviderEvent = (secret: string, body: Uint8Array | string): string =>
  createHmac("sha256", secret).update(body).digest("hex");

/**
 * Whether one of the secrets made the signature; several are valid while they are being rotated. Every secret is tried,
 * so that the time taken tells nothing.
 * @param signature the header as it came, or null
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

/** @param sentAt when the sender says it signed, in ms since 1970; refuses what was captured and is sent again later */
export const isRecent = (sentAt: number, now: number, windowMs: number): boolean =>
  Math.abs(now - sentAt) <= windowMs;
