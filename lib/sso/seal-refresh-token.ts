import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "@/lib/platform/env/env";
import { listSecrets } from "@/lib/platform/env/secrets";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The newest first. */
const keys = () =>
  listSecrets(env().NEXTAUTH_SECRET).map((secret) =>
    Buffer.from(hkdfSync("sha256", secret, "", "refresh token", 32)),
  );

/** Encrypts a refresh token with AES-256-GCM for its session, so that a copy of the database has none. */
export function sealRefreshToken(token: string, sessionId: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keys()[0]!, nonce).setAAD(Buffer.from(sessionId));
  const parts = [nonce, cipher.update(token, "utf8"), cipher.final(), cipher.getAuthTag()];
  return new Uint8Array(Buffer.concat(parts));
}

/** @returns undefined if it was sealed with no configured secret or for another session, or was changed */
export function openRefreshToken(sealed: Uint8Array, sessionId: string): string | undefined {
  for (const key of keys()) {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(sessionId)).setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      const text = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, "utf8");
      return text + decipher.final("utf8");
    } catch {
      // Try the next one.
    }
  }
  return undefined;
}
