import type { OAuthConfig } from "next-auth/providers/oauth";
import { TokenSet } from "openid-client";
import { readSessions } from "@/lib/identity/session-cookie";
import { db } from "@/lib/platform/db/client";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import { log } from "@/lib/platform/log";
import { explainFailure, type ProviderFailure } from "@/lib/sso/explain-failure";
import { type Claims, GroupsMissing, readAccount } from "@/lib/sso/read-account";
import { prepareClient, readClaims } from "@/lib/sso/read-claims";
import { signInWithProvider } from "@/lib/sso/sign-in-with-provider";
import type { RequestContext } from "@/lib/states/audit-entry";

/** What one request learns about a sign-in with an identity provider; next-auth only logs failures. */
export type ProviderAttempt = { sessionId?: string; failure?: ProviderFailure; claimedName?: string };

/**
 * An identity provider as next-auth takes it: discovery, PKCE, state and nonce. openid-client checks the ID
 * token's signature, issuer, audience and times.
 */
export function toNextAuthProvider(provider: OidcProvider, attempt: ProviderAttempt): OAuthConfig<Claims> {
  const fail = (error: unknown): never => {
    attempt.failure = explainFailure(error);
    const reason = error instanceof Error ? error.message : undefined;
    log.warn({ provider: provider.id, reason }, "a sign-in with an identity provider failed");
    throw error;
  };
  return {
    id: provider.id,
    name: provider.name,
    type: "oauth",
    idToken: true,
    wellKnown: `${provider.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId: provider.client_id,
    clientSecret: provider.client_secret,
    client: { id_token_signed_response_alg: provider.signing_alg },
    authorization: { params: { scope: provider.scopes } },
    checks: ["pkce", "state", "nonce"],
    token: {
      request: async ({ client, params, checks, provider: { callbackUrl } }) => {
        const exchange = async () => prepareClient(client, provider).callback(callbackUrl, params, checks);
        return { tokens: await exchange().catch(fail) };
      },
    },
    userinfo: {
      request: ({ client, tokens }) => readClaims(client, new TokenSet(tokens), provider).catch(fail),
    },
    profile: ({ sub }) => ({ id: sub }),
  };
}

/** Signs in the person whom the provider vouches for, and notes the session or the failure. */
export async function finishProviderSignIn(
  provider: OidcProvider,
  { claims, refreshToken }: { claims: Claims; refreshToken: string | undefined },
  { headers, context }: { headers: Headers; context: RequestContext },
  attempt: ProviderAttempt,
): Promise<void> {
  try {
    const account = readAccount(provider, claims);
    attempt.claimedName = account.email ?? account.name;
    const formerSessionIds = (await readSessions(headers)).map(({ sessionId }) => sessionId);
    const signIn = { provider, account, refreshToken, context, formerSessionIds };
    Object.assign(attempt, await signInWithProvider(db(), signIn));
  } catch (error) {
    attempt.failure = error instanceof GroupsMissing ? "groups_missing" : "unavailable";
    log.error({ err: error, request_id: context.requestId }, "a sign-in failed");
  }
}
