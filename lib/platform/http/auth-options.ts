import type { NextAuthOptions } from "next-auth";
import { decode } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { cookieAttributes, cookieName } from "@/lib/identity/cookies";
import { endSession } from "@/lib/identity/end-session";
import { readClaimedDevices } from "@/lib/identity/known-device";
import { readSessions } from "@/lib/identity/session-cookie";
import { signIn } from "@/lib/identity/sign-in";
import { db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log";
import type { RequestContext } from "@/lib/states/audit-entry";
import { findProvider } from "@/lib/platform/env/find-provider";
import type { Claims } from "@/lib/sso/read-account";
import { isAddressOfProxy } from "./client-address";
import { finishProviderSignIn, type ProviderAttempt, toNextAuthProvider } from "./provider-sign-in";

const Credentials = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(1000) });

type Request = {
  headers: Headers;
  context: RequestContext;
  /** Receives the cookie that marks the browser as known to the person. */
  onSignIn(deviceCookie: string): void;
  /** Receives the outcome of a sign-in with an identity provider. */
  attempt: ProviderAttempt;
  /** Called when the sessions have ended. */
  onSignOut(): void;
  /** Receives the error of a session that could not be ended, which next-auth only logs. */
  onSignOutFailure(error: unknown): void;
};

/**
 * next-auth handles the cookie and the sign-in protocol. The cookie only identifies a row of `sessions`;
 * every request reads the person and their permissions from the database.
 */
export const authOptions = ({
  headers,
  context,
  attempt,
  onSignIn,
  onSignOut,
  onSignOutFailure,
}: Request): NextAuthOptions => ({
  secret: env().NEXTAUTH_SECRET,
  session: { strategy: "jwt", maxAge: env().SESSION_HOURS * 3600 },
  cookies: {
    sessionToken: { name: cookieName("session"), options: cookieAttributes() },
    csrfToken: { name: cookieName("csrf"), options: cookieAttributes() },
    callbackUrl: { name: cookieName("callback"), options: cookieAttributes() },
    state: { name: cookieName("state"), options: cookieAttributes() },
    nonce: { name: cookieName("nonce"), options: cookieAttributes() },
    pkceCodeVerifier: { name: cookieName("pkce"), options: cookieAttributes() },
  },
  // decode() throws for a foreign cookie, and a sign-out would then end no session.
  jwt: { decode: (params) => decode(params).catch(() => null) },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [
    CredentialsProvider({
      name: "Email and password",
      credentials: { email: {}, password: {} },
      async authorize(input) {
        const given = Credentials.safeParse(input);
        if (!given.success) return null;
        const attempt = {
          ...given.data,
          context,
          formerSessionIds: (await readSessions(headers)).map(({ sessionId }) => sessionId),
          devices: readClaimedDevices(headers),
          isAddressOfProxy: isAddressOfProxy(headers),
        };
        const result = await signIn(db(), attempt).catch((error: unknown) => {
          log.error({ err: error, request_id: context.requestId }, "a sign-in failed");
          throw new Error("Unavailable");
        });
        if ("sessionId" in result) {
          onSignIn(result.deviceCookie);
          return { id: result.sessionId };
        }
        // next-auth passes an error's message to the page as `error`, so throw only these. null becomes
        // "CredentialsSignin".
        if (result.failure === "rate_limited") throw new Error("RateLimited");
        if (result.failure === "overloaded") throw new Error("Unavailable");
        return null;
      },
    }),
    ...env().OIDC_PROVIDERS.map((provider) => toNextAuthProvider(provider, attempt)),
  ],
  callbacks: {
    async signIn({ account, profile }) {
      if (account?.type === "credentials") return true;
      const provider = findProvider(account?.provider);
      const vouched = { claims: profile as Claims, refreshToken: account?.refresh_token };
      if (provider) await finishProviderSignIn(provider, vouched, { headers, context }, attempt);
      return attempt.sessionId !== undefined;
    },
    jwt: ({ token, user }) => (user ? { sid: attempt.sessionId ?? user.id } : token),
    session: ({ session }) => ({ expires: session.expires }),
  },
  events: {
    // Ends the sessions of all the browser's cookies, because a remaining one would take over.
    async signOut() {
      for (const { sessionId } of await readSessions(headers)) {
        await endSession(db(), { sessionId, context, cause: "signed_out" }).catch(onSignOutFailure);
      }
      onSignOut();
    },
  },
  logger: {
    error: (code, metadata) =>
      log.error({ code, err: metadata instanceof Error ? metadata : undefined }, "next-auth"),
    warn: (code) => log.warn({ code }, "next-auth"),
    debug: () => {},
  },
});
