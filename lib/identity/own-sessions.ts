import type { Session } from "@/lib/contract/sessions";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import type { Caller } from "@/lib/states/caller";

/** The caller's sessions that have neither ended, expired nor been unused for too long; the newest first. */
export async function findOwnSessions(db: Db, caller: Caller): Promise<Session[]> {
  const idleMs = env().SESSION_IDLE_MINUTES * 60_000;
  const now = Date.now();
  const sessions = await db.session.findMany({
    where: {
      personId: caller.person.id,
      endedAt: null,
      expiresAt: { gt: new Date(now) },
      lastUsedAt: { gt: new Date(now - idleMs) },
    },
    orderBy: { id: "desc" },
  });
  return sessions.map((session) => describe(session, caller));
}

/** @returns undefined for someone else's session */
export async function findOwnSession(db: Db, caller: Caller, id: string): Promise<Session | undefined> {
  const session = await db.session.findFirst({ where: { id, personId: caller.person.id } });
  return session ? describe(session, caller) : undefined;
}

type SessionRow = {
  id: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  ip: string | null;
  userAgent: string | null;
  authenticatedWith: string[];
};

const describe = (row: SessionRow, { credentialId }: Caller): Session => ({
  id: row.id,
  started_at: formatTimestamp(row.createdAt),
  last_used_at: formatTimestamp(row.lastUsedAt),
  expires_at: formatTimestamp(row.expiresAt),
  ended_at: row.endedAt && formatTimestamp(row.endedAt),
  ip: row.ip,
  user_agent: row.userAgent,
  authenticated_with: row.authenticatedWith,
  is_current: row.id === credentialId,
});
