import { randomUUID } from "node:crypto";
import { endSession } from "@/lib/identity/end-session";
import { takeTurn } from "@/lib/people/lock-people";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log";
import type { RequestContext } from "@/lib/states/audit-entry";
import { findProvider } from "@/lib/platform/env/find-provider";
import { actorOfProvider } from "./provider-actor";
import { followProvider } from "./follow-provider";
import { refreshAccount, Unvouched } from "./refresh-account";
import { openRefreshToken, sealRefreshToken } from "./seal-refresh-token";

type Claimed = { refresh_token: Uint8Array; person_id: string; provider: string; subject: string };

/**
 * Asks the identity provider of a session again, if that is due: applies the person's current groups, or ends
 * the session if the provider no longer vouches for them. One process at a time, and at most every 30 seconds
 * while the provider can't be reached.
 */
export async function recheckSession(db: Db, sessionId: string): Promise<void> {
  const [claimed] = await db.$queryRaw<Claimed[]>`
    UPDATE session_checks c SET attempted_at = now(), checking_until = now() + interval '10 seconds'
    FROM sessions s JOIN identities i ON i.person_id = s.person_id
    WHERE c.session_id = ${sessionId}::uuid AND s.id = c.session_id AND s.ended_at IS NULL
      AND c.checked_at <= now() - ${env().SSO_CHECK_MINUTES}::int * interval '1 minute'
      AND c.attempted_at <= now() - interval '30 seconds' AND coalesce(c.checking_until <= now(), true)
      AND c.refresh_token IS NOT NULL
    RETURNING c.refresh_token, s.person_id, i.provider, i.subject`;
  if (!claimed) return;
  try {
    await check(db, sessionId, claimed);
  } catch (error) {
    // The session goes on until the last successful check is too old.
    const reason = error instanceof Error ? error.message : undefined;
    log.warn({ provider: claimed.provider, reason }, "an identity provider could not be asked again");
  } finally {
    await db.$executeRaw`UPDATE session_checks SET checking_until = NULL WHERE session_id = ${sessionId}::uuid`;
  }
}

async function check(db: Db, sessionId: string, claimed: Claimed): Promise<void> {
  const provider = findProvider(claimed.provider);
  const token = openRefreshToken(claimed.refresh_token, sessionId);
  if (!provider || token === undefined) throw new Error("the provider or the secret has changed");
  const context: RequestContext = {
    source: "system",
    ip: null,
    userAgent: null,
    requestId: `check_${randomUUID()}`,
  };
  try {
    const { account, refreshToken } = await refreshAccount(provider, token, claimed.subject);
    await db.$transaction(async (tx) => {
      await takeTurn(tx);
      await followProvider(tx, claimed.person_id, { provider, account, context });
      const sealed = sealRefreshToken(refreshToken, sessionId);
      await tx.$executeRaw`
        UPDATE session_checks c SET checked_at = now(), refresh_token = ${sealed}
        FROM sessions s WHERE c.session_id = ${sessionId}::uuid AND s.id = c.session_id AND s.ended_at IS NULL`;
    });
  } catch (error) {
    if (!(error instanceof Unvouched)) throw error;
    const endedBy = actorOfProvider(provider);
    await endSession(db, { sessionId, endedBy, context, cause: "provider_refused" });
  }
}
