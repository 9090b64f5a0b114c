import { fromBase64, type SignedNote, toHex } from "./note";

/** A public key that verifies notes. */
export type VerifierKey = { name: string; id: string; bytes: Uint8Array<ArrayBuffer> };

const KEY = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/;
const ED25519 = 1;

/** @returns undefined for an invalid key, or one whose id doesn't match */
export async function readVerifierKey(text: string): Promise<VerifierKey | undefined> {
  const [, name, id, base64] = KEY.exec(text) ?? [];
  if (!name || !id || !base64) return undefined;
  const bytes = fromBase64(base64);
  if (bytes?.length !== 33 || bytes[0] !== ED25519) return undefined;
  const named = new Uint8Array([...new TextEncoder().encode(`${name}\n`), ...bytes]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", named));
  return toHex(digest.subarray(0, 4)) === id ? { name, id, bytes: bytes.slice(1) } : undefined;
}

/**
 * Finds which trusted key signed a note.
 * @returns the first such key, or undefined
 * @throws DOMException NotSupportedError without Ed25519, as in older browsers
 */
export async function findSigner(
  note: SignedNote,
  keys: readonly VerifierKey[],
): Promise<VerifierKey | undefined> {
  const text = new TextEncoder().encode(note.text);
  for (const key of keys) {
    for (const { name, keyId, signature } of note.signatures) {
      if (name !== key.name || keyId !== key.id) continue;
      const publicKey = await crypto.subtle.importKey("raw", key.bytes, "Ed25519", false, ["verify"]);
      if (await crypto.subtle.verify("Ed25519", publicKey, signature, text)) return key;
    }
  }
  return undefined;
}
