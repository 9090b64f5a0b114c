import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { endSession } from "@/lib/identity/end-session";
import { readSessionId } from "@/lib/identity/session-cookie";
import { SESSION_HOURS, type SignIn, signIn } from "@/lib/identity/sign-in";
import { log } from "@/lib/log";
import { readClientAddress, readUserAgent } from "./client-address";
import { newRequestId } from "./request-id";

const Credentials = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(1000) });

/**
 * next-auth keeps the cookie and the sign-in's protocol. The cookie names a row of `sessions` and says nothing else:
 * who that is and what they may do is read from the database at every request.
 * @param onSignOutFailure learns of a session that could not be ended, which next-auth itself would only log
 */
export const authOptions = (onSignOutFailure: (error: unknown) => void): NextAuthOptions => ({
  secret: env().NEXTAUTH_SECRET,
  session: { strategy: "jwt", maxAge: SESSION_HOURS * 3600 },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [
    CredentialsProvider({
      name: "E-mail and password",
      credentials: { email: {}, password: {} },
      async authorize(input, request) {
        const given = Credentials.safeParse(input);
        if (!given.success) return null;
        const headers = new Headers(request.headers as Record<string, string>);
        const context = {
          ip: readClientAddress(headers),
          userAgent: readUserAgent(headers),
          requestId: newRequestId(),
        };
        const result = await replaceSession(headers, { ...given.data, context }).catch((error: unknown) => {
          log.error({ err: error, request_id: context.requestId }, "a sign-in failed");
          throw new Error("Unavailable");
        });
        if ("sessionId" in result) return { id: result.sessionId };
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
    async signOut({ token }) {
      if (typeof token?.["sid"] === "string") await endSession(db(), token["sid"]).catch(onSignOutFailure);
    },
  },
  logger: {
    error: (code, metadata) =>
      log.error({ code, err: metadata instanceof Error ? metadata : undefined }, "next-auth"),
    warn: (code) => log.warn({ code }, "next-auth"),
    debug: () => {},
  },
});

/** Signs in, and ends the session that the same browser had: its cookie goes, so nobody could sign out of it any more. */
async function replaceSession(headers: Headers, given: SignIn) {
  const result = await signIn(db(), given);
  const former = "sessionId" in result ? await readSessionId(headers) : undefined;
  if (former !== undefined) await endSession(db(), former);
  return result;
}
