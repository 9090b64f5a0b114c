import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** The secret's owner is authenticated with the ciphertext, so that it can't be opened from another row. */
export type SecretOwner = { orgId: string; secretId: string };

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a secret with AES-256-GCM as nonce, ciphertext and tag.
 * @param keys base64, 32 bytes each, newest first (`ENCRYPTION_KEYS`)
 */
export function sealSecret(
  secret: string,
  { orgId, secretId }: SecretOwner,
  keys: readonly string[],
): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(keys[0]!, "base64"), nonce);
  cipher.setAAD(Buffer.from(`${orgId}/${secretId}`));
  const sealed = Buffer.concat([nonce, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return new Uint8Array(sealed);
}

/** @throws when no key opens it, or it was changed */
export function openSecret(
  sealed: Uint8Array,
  { orgId, secretId }: SecretOwner,
  keys: readonly string[],
): string {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const text = sealed.subarray(NONCE_BYTES, -TAG_BYTES);
  for (const key of keys) {
    const decipher = createDecipheriv("aes-256-gcm", Buffer.from(key, "base64"), nonce);
    decipher.setAAD(Buffer.from(`${orgId}/${secretId}`)).setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return decipher.update(text, undefined, "utf8") + decipher.final("utf8");
    } catch {
      // Try the next key: a rotated one stays in the list until nothing is sealed with it.
    }
  }
  throw new Error(`the callback secret ${secretId} can't be opened with any of the ENCRYPTION_KEYS`);
}
