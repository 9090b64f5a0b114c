import { createHmac, timingSafeEqual } from "node:crypto";

const V1 = /^[0-9a-f]{64}$/;
const V2 = /^t=(\d{10}),v2=([0-9a-f]{64})$/;

type Request = {
  method: string;
  /** Without the origin. */
  path: string;
  body: Uint8Array | string;
};

/**
 * Version 2, which binds the signature to the run and the time.
 * @param at in ms since 1970
 * @returns the header's value: `t=<seconds since 1970>,v2=<64 lowercase hex digits>`
 */
export function signProviderRequest(secret: string, request: Request, at: number): string {
  const seconds = String(Math.floor(at / 1000));
  return `t=${seconds},v2=${hmac(secret, request, seconds).toString("hex")}`;
}

/** The MAC covers the time, method, path and body, each but the last on its own line. */
const hmac = (secret: string, { method, path, body }: Request, seconds: string): Buffer =>
  createHmac("sha256", secret).update(`v2\n${seconds}\n${method}\n${path}\n`).update(body).digest();

/**
 * Whether one of the secrets signed this request within the window; several are valid during a rotation.
 * @param signature the header's value
 */
export function isProviderRequest(
  signature: string,
  request: Request,
  secrets: readonly string[],
  { now, windowMs }: { now: number; windowMs: number },
): boolean {
  const [, seconds, digits] = V2.exec(signature) ?? [];
  if (seconds === undefined || digits === undefined) return false;
  if (!isRecent(Number(seconds) * 1000, now, windowMs)) return false;
  return isOneOf(
    digits,
    secrets.map((secret) => hmac(secret, request, seconds)),
  );
}

/** Version 1: 64 lowercase hex digits, the HMAC-SHA256 of the raw body alone. */
export const signProviderEvent = (secret: string, body: Uint8Array | string): string =>
  createHmac("sha256", secret).update(body).digest("hex");

/** @param signature the header's value, or null */
export function isProviderSignature(
  signature: string | null,
  body: Uint8Array,
  secrets: readonly string[],
): boolean {
  if (signature === null || !V1.test(signature)) return false;
  return isOneOf(
    signature,
    secrets.map((secret) => createHmac("sha256", secret).update(body).digest()),
  );
}

/** Compares with every signature, so that timing reveals nothing. */
function isOneOf(digits: string, signatures: readonly Buffer[]): boolean {
  const given = Buffer.from(digits, "hex");
  return signatures.map((signature) => timingSafeEqual(given, signature)).includes(true);
}

/**
 * Replay protection: refuses a captured request sent again later.
 * @param sentAt when the sender claims to have signed it, in ms since 1970
 */
export const isRecent = (sentAt: number, now: number, windowMs: number): boolean =>
  Math.abs(now - sentAt) <= windowMs;
