import { parseUuid } from "@/lib/contract/values";
import { readCookies } from "./cookies";
import { openToken } from "./open-token";

/** A session cookie that we sealed, with its session, which may have ended. */
export type SealedSession = { token: string; sessionId: string };

/** Reads the sessions in the browser's cookies, in its order, ignoring cookies that we didn't seal. */
export async function readSessions(headers: Headers): Promise<SealedSession[]> {
  const found = await Promise.all(readCookies(headers, "session").map(open));
  return found.filter((session) => session !== undefined);
}

async function open(token: string): Promise<SealedSession | undefined> {
  const claims = (await openToken(token))?.claims;
  const sessionId = typeof claims?.["sid"] === "string" ? parseUuid(claims["sid"]) : undefined;
  return sessionId === undefined ? undefined : { token, sessionId };
}
