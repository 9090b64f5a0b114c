import type { Db } from "@/lib/db/client";

/** Ends a session for good: its cookie, wherever a copy of it may be, is worth nothing from now on. */
export async function endSession(db: Db, sessionId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE sessions SET ended_at = date_trunc('milliseconds', now())
    WHERE id = ${sessionId}::uuid AND ended_at IS NULL`;
}
