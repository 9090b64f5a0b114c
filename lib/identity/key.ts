import { createHash, randomInt, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import type { KeyKind } from "@/lib/states/key";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const KEY = /^rf_(live|svc)_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

const MARKS: Record<KeyKind, string> = { inference: "rf_live_", service: "rf_svc_" };

/**
 * Generates a key: its prefix, 32 random characters (190 bits) and a checksum. It is shown once and never
 * stored.
 */
export function generateKey(kind: KeyKind): string {
  const random = Array.from({ length: 32 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  const body = MARKS[kind] + random;
  return body + checksum(body);
}

/** Whether the text has a key's form and checksum, so that mistyped keys are refused without a query. */
export function isWellFormedKey(text: string): boolean {
  const match = KEY.exec(text);
  return match !== null && checksum(text.slice(0, -6)) === match[3];
}

/** SHA-256 suffices: the key is too random to be guessed, so a slow hash would add nothing. */
export const hashKey = (key: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(key).digest());

export const isSameHash = (left: Uint8Array, right: Uint8Array): boolean =>
  left.byteLength === right.byteLength && timingSafeEqual(left, right);

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let place = 0; place < 6; place++) {
    digits = ALPHABET[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
