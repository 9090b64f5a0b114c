import { parseCookie } from "cookie";
import { decode } from "next-auth/jwt";
import { parseUuid } from "@/lib/contract/values";
import { env } from "@/lib/platform/env/env";

/** Over https the cookie's name makes browsers insist on its Secure attribute. */
export const sessionCookieName = (): string =>
  env().NEXTAUTH_URL.startsWith("https:") ? "__Secure-next-auth.session-token" : "next-auth.session-token";

/** @returns the id of the session that the cookie names, or undefined when there is none that we sealed */
export async function readSessionId(headers: Headers): Promise<string | undefined> {
  const token = parseCookie(headers.get("cookie") ?? "")[sessionCookieName()];
  if (!token) return undefined;
  try {
    const claims = await decode({ token, secret: env().NEXTAUTH_SECRET });
    return typeof claims?.["sid"] === "string" ? parseUuid(claims["sid"]) : undefined;
  } catch {
    return undefined;
  }
}
