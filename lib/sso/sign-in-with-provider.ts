import { PERSON_FIELDS } from "@/lib/identity/session-person";
import { countSignIn } from "@/lib/identity/sign-in-limits";
import { startSession } from "@/lib/identity/start-session";
import { takeTurn } from "@/lib/people/lock-people";
import type { Db } from "@/lib/platform/db/client";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import type { RequestContext } from "@/lib/states/audit-entry";
import { followProvider } from "./follow-provider";
import { type JoinFailure, joinPerson } from "./join-person";
import type { ProviderAccount } from "./read-account";
import { sealRefreshToken } from "./seal-refresh-token";

export type ProviderSignIn = {
  provider: OidcProvider;
  account: ProviderAccount;
  /** Without it, the session ends SSO_GRACE_MINUTES later. */
  refreshToken: string | undefined;
  context: RequestContext;
  /** The browser's previous sessions, which end when the new one starts. */
  formerSessionIds: readonly string[];
};
export type ProviderSignInResult = { sessionId: string } | { failure: JoinFailure | "too_many" };

/**
 * Starts a session for the person of an account at an identity provider, whose groups decide their role and
 * reach. A person without access any more is disabled.
 */
export function signInWithProvider(
  db: Db,
  { provider, account, refreshToken, context, formerSessionIds }: ProviderSignIn,
): Promise<ProviderSignInResult> {
  return db.$transaction(async (tx) => {
    await takeTurn(tx);
    const { subject } = account;
    const identity = await tx.identity.findUnique({
      where: { issuer_subject: { issuer: provider.issuer, subject } },
      select: { personId: true },
    });
    const joined = identity
      ? { id: identity.personId }
      : await joinPerson(tx, { provider, account, context });
    if ("failure" in joined) return joined;
    const failure = await followProvider(tx, joined.id, { provider, account, context });
    if (failure) return { failure };
    const person = await tx.person.findUniqueOrThrow({
      where: { id: joined.id },
      select: { ...PERSON_FIELDS, passwordHash: true },
    });
    if (await countSignIn(person.id)) return { failure: "too_many" };
    const meta = { provider: provider.id };
    const sessionId = await startSession(tx, {
      person,
      context,
      formerSessionIds,
      authenticatedWith: ["identity_provider"],
      meta,
    });
    if (sessionId === undefined) return { failure: "disabled" };
    // The provider may have remembered the person since yesterday; step-up authentication needs to know.
    const { authenticatedAt = null } = account;
    await tx.$executeRaw`
      UPDATE sessions SET authenticated_at = least(created_at,
        coalesce(${authenticatedAt}::timestamptz, created_at - interval '1 day'))
      WHERE id = ${sessionId}::uuid`;
    await tx.$executeRaw`
      UPDATE session_checks c SET refresh_token = NULL FROM sessions s
      WHERE s.id = c.session_id AND c.refresh_token IS NOT NULL AND s.expires_at <= now()`;
    await tx.sessionCheck.create({
      data: { sessionId, refreshToken: refreshToken ? sealRefreshToken(refreshToken, sessionId) : null },
      select: { sessionId: true },
    });
    return { sessionId };
  });
}
