import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log";

/**
 * Records that a person used their session, at most once a minute. Never throws, so no request needs to wait.
 */
export async function noteSessionUse(db: Db, sessionId: string): Promise<void> {
  const noted = db.$executeRaw`
    UPDATE sessions SET last_used_at = date_trunc('milliseconds', now())
    WHERE id = ${sessionId}::uuid AND ended_at IS NULL AND expires_at > now()
      AND last_used_at <= now() - interval '1 minute'
      AND last_used_at > now() - ${env().SESSION_IDLE_MINUTES}::int * interval '1 minute'`;
  await noted.catch((error: unknown) =>
    log.warn({ err: error, session_id: sessionId }, "the session's last use could not be recorded"),
  );
}
