import { createHmac, hkdfSync, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { stringifySetCookie } from "cookie";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { listSecrets } from "@/lib/platform/env/secrets";
import { cookieAttributes, cookieName, readCookies } from "./cookies";

const DAYS = 180;
/** The most people who can share a browser; the least recent is dropped first. */
const MOST_PEOPLE = 5;

const Claims = z.tuple([z.uuid(), z.uuid(), z.int()]);
type Owner = { id: string; passwordHash: string | null };
/** A browser that claims to be known; must still be verified against the person's row. */
export type ClaimedDevice = { deviceId: string; personId: string; payload: string; seal: string };

let keys: Buffer[] | undefined;

/**
 * One MAC for each secret, the newest first. It covers the password hash, so that a new password makes every
 * browser unknown.
 */
function sealsOf(payload: string, { passwordHash }: Owner): string[] {
  keys ??= listSecrets(env().NEXTAUTH_SECRET).map((secret) =>
    Buffer.from(hkdfSync("sha256", secret, "", "known device", 32)),
  );
  return keys.map((key) =>
    createHmac("sha256", key).update(`${payload} ${passwordHash}`).digest("base64url"),
  );
}

/** Reads the people who have signed in with this browser, as its cookie claims. */
export function readClaimedDevices(headers: Headers): ClaimedDevice[] {
  const parts = readCookies(headers, "device").flatMap((cookie) => cookie.split("~"));
  return parts.slice(0, 2 * MOST_PEOPLE).flatMap((text) => {
    const [payload = "", seal = ""] = text.split(".");
    const claims = Claims.safeParse(parse(payload));
    if (!claims.success) return [];
    const [deviceId, personId, expiresAt] = claims.data;
    return expiresAt * 1000 > Date.now() ? [{ deviceId, personId, payload, seal }] : [];
  });
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, "base64url").toString());
  } catch {
    return undefined;
  }
}

/**
 * @returns the browser's id if the person with this email has signed in with it since setting their password
 */
export async function findKnownDevice(
  db: Db,
  claimed: readonly ClaimedDevice[],
  email: string,
): Promise<string | undefined> {
  if (claimed.length === 0) return undefined;
  const person = await db.person.findFirst({
    where: { email, kind: "staff", disabledAt: null },
    select: { id: true, passwordHash: true },
  });
  const own = person && claimed.filter(({ personId }) => personId === person.id);
  return own?.find(({ payload, seal }) => sealsOf(payload, person!).some((ours) => isEqual(seal, ours)))
    ?.deviceId;
}

const isEqual = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/**
 * Makes the browser known for a person who has just signed in, in addition to earlier people.
 * @returns the value of a Set-Cookie header
 */
export function writeKnownDevice(
  person: Owner,
  claimed: readonly ClaimedDevice[],
  deviceId: string = randomUUID(),
): string {
  const maxAge = DAYS * 86_400;
  const claims = [deviceId, person.id, Math.floor(Date.now() / 1000) + maxAge];
  const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
  const others = claimed.filter(({ personId }) => personId !== person.id);
  const parts = [{ payload, seal: sealsOf(payload, person)[0]! }, ...others].slice(0, MOST_PEOPLE);
  const value = parts.map((part) => `${part.payload}.${part.seal}`).join("~");
  return stringifySetCookie({ name: cookieName("device"), value, ...cookieAttributes(), maxAge });
}
