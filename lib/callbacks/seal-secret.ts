import { openText, sealText } from "@/lib/platform/seal-text";

/** The secret's owner is authenticated with the ciphertext, so that it can't be opened from another row. */
export type SecretOwner = { orgId: string; secretId: string };

export const callbackPurpose = ({ orgId, secretId }: SecretOwner): string => `${orgId}/${secretId}`;

/** @param keys `ENCRYPTION_KEYS` */
export const sealSecret = (secret: string, owner: SecretOwner, keys: readonly string[]) =>
  sealText(secret, callbackPurpose(owner), keys);

/** @throws when no key opens it, or it was changed */
export function openSecret(sealed: Uint8Array, owner: SecretOwner, keys: readonly string[]): string {
  const secret = openText(sealed, callbackPurpose(owner), keys);
  if (secret !== undefined) return secret;
  throw new Error(`the callback secret ${owner.secretId} can't be opened with any of the ENCRYPTION_KEYS`);
}
