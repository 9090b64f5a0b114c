import { createHash, randomBytes } from "node:crypto";

export const RECOVERY_CODES = 10;

/** Base32: no digits that look like letters. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LENGTH = 24;

/** A code of 120 random bits, in groups of four. */
export function newRecoveryCode(): string {
  const letters = Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % 32]!);
  return letters.join("").replaceAll(/.{4}(?!$)/g, "$&-");
}

/** As typed: without spaces and hyphens, in any case. */
export const normalizeCode = (code: string): string => code.replaceAll(/[\s-]/g, "").toUpperCase();

export const isRecoveryCode = (code: string): boolean => /^[A-Z2-7]{24}$/.test(code);

/** SHA-256 suffices: a code is too random to be guessed. */
export const hashRecoveryCode = (code: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(normalizeCode(code)).digest());
