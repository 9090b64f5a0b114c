import type { Db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";
import { findSessionCaller } from "./find-session-caller";
import { readSessions } from "./session-cookie";

/** The person behind the first of the browser's cookies that names a session which is alive. */
export async function findSignedInCaller(db: Db, headers: Headers): Promise<Caller | undefined> {
  for (const { sessionId } of await readSessions(headers)) {
    const caller = await findSessionCaller(db, sessionId);
    if (caller) return caller;
  }
  return undefined;
}
