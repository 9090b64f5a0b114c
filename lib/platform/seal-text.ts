import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a text with AES-256-GCM as nonce, ciphertext and tag.
 * @param purpose authenticated with the ciphertext, so that it can't be opened for another purpose
 * @param keys base64, 32 bytes each, newest first (`ENCRYPTION_KEYS`)
 */
export function sealText(text: string, purpose: string, keys: readonly string[]): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(keys[0]!, "base64"), nonce);
  cipher.setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return new Uint8Array(sealed);
}

/** @returns undefined when no key opens it, or it was changed */
export function openText(sealed: Uint8Array, purpose: string, keys: readonly string[]): string | undefined {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const text = sealed.subarray(NONCE_BYTES, -TAG_BYTES);
  for (const key of keys) {
    const decipher = createDecipheriv("aes-256-gcm", Buffer.from(key, "base64"), nonce);
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return decipher.update(text, undefined, "utf8") + decipher.final("utf8");
    } catch {
      // Try the next key: a rotated one stays in the list until nothing is sealed with it.
    }
  }
  return undefined;
}
