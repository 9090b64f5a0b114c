import type { NextAuthOptions } from "next-auth";
import { decode } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { cookieAttributes, cookieName } from "@/lib/identity/cookies";
import { endSession } from "@/lib/identity/end-session";
import { readClaimedDevices } from "@/lib/identity/known-device";
import { readSessions } from "@/lib/identity/session-cookie";
import { signIn } from "@/lib/identity/sign-in";
import { SESSION_HOURS } from "@/lib/identity/start-session";
import { db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log";
import type { RequestContext } from "@/lib/states/audit-entry";
import { isAddressOfProxy } from "./client-address";

const Credentials = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(1000) });

type Request = {
  headers: Headers;
  context: RequestContext;
  /** Gets the cookie that makes the browser known to the person. */
  onSignIn(deviceCookie: string): void;
  /** Learns of a session that could not be ended, which next-auth itself would only log. */
  onSignOutFailure(error: unknown): void;
};

/**
 * next-auth keeps the cookie and the sign-in's protocol. The cookie names a row of `sessions` and says nothing else:
 * who that is and what they may do is read from the database at every request.
 */
export const authOptions = ({ headers, context, onSignIn, onSignOutFailure }: Request): NextAuthOptions => ({
  secret: env().NEXTAUTH_SECRET,
  session: { strategy: "jwt", maxAge: SESSION_HOURS * 3600 },
  cookies: {
    sessionToken: { name: cookieName("session"), options: cookieAttributes() },
    csrfToken: { name: cookieName("csrf"), options: cookieAttributes() },
    callbackUrl: { name: cookieName("callback"), options: cookieAttributes() },
  },
  // It throws at what it did not seal, and a sign-out would end nothing.
  jwt: { decode: (params) => decode(params).catch(() => null) },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [
    CredentialsProvider({
      name: "E-mail and password",
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
        // next-auth hands an error's message to the page as `error`: no other than these may get there. null becomes
        // "CredentialsSignin".
        if (result.failure === "rate_limited") throw new Error("RateLimited");
        if (result.failure === "overloaded") throw new Error("Unavailable");
        return null;
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user ? { sid: user.id } : token),
    session: ({ session }) => ({ expires: session.expires }),
  },
  events: {
    // Of all that the browser's cookies name: one that was left would take the place of the one that ended.
    async signOut() {
      for (const { sessionId } of await readSessions(headers)) {
        await endSession(db(), { sessionId, context, cause: "signed_out" }).catch(onSignOutFailure);
      }
    },
  },
  logger: {
    error: (code, metadata) =>
      log.error({ code, err: metadata instanceof Error ? metadata : undefined }, "next-auth"),
    warn: (code) => log.warn({ code }, "next-auth"),
    debug: () => {},
  },
});
