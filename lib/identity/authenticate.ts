import type { Db } from "@/lib/db/client";
import type { Caller } from "./caller";
import { findKeyCaller } from "./find-key-caller";
import { findSessionCaller } from "./find-session-caller";
import { isWellFormedKey } from "./key";
import { readSessionId } from "./session-cookie";

const BEARER = /^Bearer +([A-Za-z0-9_]+) *$/i;

/**
 * Who is calling: by the Authorization header if there is one, else by the console's session cookie.
 * @param mayRecall see `findKeyCaller`
 * @returns undefined for a missing, malformed, unknown, expired, revoked or ended credential, and for a disabled person
 */
export async function authenticate(db: Db, headers: Headers, mayRecall = false): Promise<Caller | undefined> {
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const key = BEARER.exec(authorization)?.[1];
    return key !== undefined && isWellFormedKey(key) ? findKeyCaller(db, key, mayRecall) : undefined;
  }
  const sessionId = await readSessionId(headers);
  return sessionId === undefined ? undefined : findSessionCaller(db, sessionId);
}
