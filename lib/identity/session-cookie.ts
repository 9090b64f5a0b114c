import { decode } from "next-auth/jwt";
import { parseUuid } from "@/lib/contract/values";
import { env } from "@/lib/platform/env/env";
import { readCookies } from "./cookies";

/** A session cookie that we sealed, with its session, which may have ended. */
export type SealedSession = { token: string; sessionId: string };

/** Reads the sessions in the browser's cookies, in its order, ignoring cookies that we didn't seal. */
export async function readSessions(headers: Headers): Promise<SealedSession[]> {
  const found = await Promise.all(readCookies(headers, "session").map(open));
  return found.filter((session) => session !== undefined);
}

async function open(token: string): Promise<SealedSession | undefined> {
  try {
    const claims = await decode({ token, secret: env().NEXTAUTH_SECRET });
    const sessionId = typeof claims?.["sid"] === "string" ? parseUuid(claims["sid"]) : undefined;
    return sessionId === undefined ? undefined : { token, sessionId };
  } catch {
    return undefined;
  }
}
