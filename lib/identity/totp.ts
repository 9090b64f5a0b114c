import { Secret, TOTP } from "otpauth";
import { env } from "@/lib/platform/env/env";
import { openText, sealText } from "@/lib/platform/seal-text";
import { totpPurpose } from "./totp-purpose";

/** Seconds of a time step. */
const PERIOD = 30;
/** Bytes of a secret: 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20;

/** SHA-1, six digits and 30 seconds: what authenticator apps support. */
const totpOf = (secret: string, label?: string): TOTP =>
  new TOTP({
    issuer: env().CONSOLE_ENVIRONMENT ? `Runflow ${env().CONSOLE_ENVIRONMENT}` : "Runflow",
    ...(label !== undefined && { label }),
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD,
  });

/** @returns base32 */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

export const totpUri = (secret: string, email: string): string => totpOf(secret, email).toString();

/**
 * Finds the time step that a code belongs to: the current one or its neighbors, as clocks differ.
 * @returns undefined for a wrong code
 */
export function findTimeStep(secret: string, code: string, now = Date.now()): number | undefined {
  const delta = totpOf(secret).validate({ token: code, window: 1, timestamp: now });
  return delta === null ? undefined : TOTP.counter({ period: PERIOD, timestamp: now }) + delta;
}

export const sealTotpSecret = (secret: string, personId: string): Uint8Array<ArrayBuffer> =>
  sealText(secret, totpPurpose(personId), env().ENCRYPTION_KEYS);

/** @throws when the key that sealed it is not configured anymore */
export function openTotpSecret(sealed: Uint8Array, personId: string): string {
  const secret = openText(sealed, totpPurpose(personId), env().ENCRYPTION_KEYS);
  if (secret === undefined)
    throw new Error("ENCRYPTION_KEYS has no key for the secret of an authenticator app");
  return secret;
}
