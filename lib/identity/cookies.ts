import { createHash } from "node:crypto";
import { env } from "@/lib/platform/env/env";
import { listSecrets } from "@/lib/platform/env/secrets";

type Name = "session" | "csrf" | "callback" | "device" | "state" | "nonce" | "pkce" | "step" | "challenge";

/** More duplicates than this are an attempt to waste our time. */
const MOST_TWINS = 20;

const isHttps = (): boolean => env().NEXTAUTH_URL.startsWith("https:");

/**
 * A distinctive name, so that no other application's cookie collides with it. Over https, the `__Host-`
 * prefix rules out duplicates: browsers accept such a cookie only from this host, for all its paths.
 */
export const cookieName = (name: Name): string => `${isHttps() ? "__Host-" : ""}runflow-console.${name}`;

export const cookieAttributes = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() }) as const;

/**
 * Every value of the cookie, in the browser's order. Over http, a parent domain or a longer path can add a
 * duplicate before or after ours, and a Cookie header doesn't name their origins.
 */
export function readCookies(headers: Headers, name: Name): string[] {
  const wanted = cookieName(name);
  const values = (headers.get("cookie") ?? "").split(";").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at > 0 && pair.slice(0, at).trim() === wanted ? [unescape(pair.slice(at + 1).trim())] : [];
  });
  return [...new Set(values)].filter(Boolean).slice(0, MOST_TWINS);
}

function unescape(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** A CSRF token of next-auth, and its secret. */
export type CsrfCookie = { cookie: string; secret: string };

/**
 * Picks next-auth's CSRF token: the form's, otherwise our first one.
 * @param given the form's token
 */
export function pickCsrfCookie(headers: Headers, given?: string): CsrfCookie | undefined {
  const ours = readCookies(headers, "csrf").flatMap((cookie) => {
    const [token, hash] = cookie.split("|");
    const made = (secret: string) => createHash("sha256").update(`${token}${secret}`).digest("hex") === hash;
    const secret = listSecrets(env().NEXTAUTH_SECRET).find(made);
    return secret === undefined ? [] : [{ cookie, secret }];
  });
  return ours.find(({ cookie }) => cookie.split("|")[0] === given) ?? ours[0];
}
