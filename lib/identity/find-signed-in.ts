import type { Db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";
import { findSessionCaller, type Recheck } from "./find-session-caller";
import { readSessions } from "./session-cookie";

/** Finds the person of the first active session among the browser's cookies. */
export async function findSignedInCaller(
  db: Db,
  headers: Headers,
  recheck: Recheck,
): Promise<Caller | undefined> {
  for (const { sessionId } of await readSessions(headers)) {
    const caller = await findSessionCaller(db, sessionId, recheck);
    if (caller) return caller;
  }
  return undefined;
}
