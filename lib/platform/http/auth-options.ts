import type { NextAuthOptions } from "next-auth";
import { encode } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { Code } from "@/lib/contract/factors";
import { PasskeyAssertion } from "@/lib/contract/passkeys";
import { cookieAttributes, cookieName } from "@/lib/identity/cookies";
import { endSession } from "@/lib/identity/end-session";
import { readClaimedDevices } from "@/lib/identity/known-device";
import { openToken } from "@/lib/identity/open-token";
import { readSessions } from "@/lib/identity/session-cookie";
import { finishSignIn } from "@/lib/identity/second-step";
import { signIn, type SignInResult } from "@/lib/identity/sign-in";
import { signInWithPasskey } from "@/lib/identity/sign-in-with-passkey";
import { readTicketCookie } from "@/lib/identity/ticket";
import { db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { listSecrets } from "@/lib/platform/env/secrets";
import { log } from "@/lib/platform/log";
import type { RequestContext } from "@/lib/states/audit-entry";
import { findProvider } from "@/lib/platform/env/find-provider";
import type { Claims } from "@/lib/sso/read-account";
import { isAddressOfProxy } from "./client-address";
import { finishProviderSignIn, type ProviderAttempt, toNextAuthProvider } from "./provider-sign-in";

const newestSecret = (): string => listSecrets(env().NEXTAUTH_SECRET)[0];

const Credentials = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(1000) });

const SecondStep = z.object({ code: Code });

type Request = {
  headers: Headers;
  context: RequestContext;
  /** Receives a Set-Cookie header. */
  onCookie(cookie: string): void;
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
  onCookie,
  onSignOut,
  onSignOutFailure,
}: Request): NextAuthOptions => ({
  secret: newestSecret(),
  session: { strategy: "jwt", maxAge: env().SESSION_HOURS * 3600 },
  cookies: {
    sessionToken: { name: cookieName("session"), options: cookieAttributes() },
    csrfToken: { name: cookieName("csrf"), options: cookieAttributes() },
    callbackUrl: { name: cookieName("callback"), options: cookieAttributes() },
    state: { name: cookieName("state"), options: cookieAttributes() },
    nonce: { name: cookieName("nonce"), options: cookieAttributes() },
    pkceCodeVerifier: { name: cookieName("pkce"), options: cookieAttributes() },
  },
  // next-auth's own decode() throws for a foreign cookie, and a sign-out would then end no session.
  jwt: {
    encode: (params) => encode({ ...params, secret: newestSecret() }),
    decode: async ({ token, salt }) => (await openToken(token ?? "", salt))?.claims ?? null,
  },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [
    CredentialsProvider({
      name: "Email and password",
      credentials: { email: {}, password: {} },
      async authorize(input) {
        const given = Credentials.safeParse(input);
        if (!given.success) return null;
        const browser = await readBrowser(headers, context);
        const result = await attemptSignIn(context, () => signIn(db(), { ...given.data, ...browser }));
        if (!("needs" in result)) return finish(result, onCookie);
        onCookie(result.cookie);
        throw new Error(`SecondStep ${result.needs.join(" ")}`);
      },
    }),
    CredentialsProvider({
      id: "second-step",
      name: "Code",
      credentials: { code: {} },
      async authorize(input) {
        const given = SecondStep.safeParse(input);
        if (!given.success) throw new Error("WrongCode");
        const ticket = readTicketCookie(headers, "step");
        const browser = await readBrowser(headers, context);
        const step = { ticket, ...given.data, ...browser };
        return finish(await attemptSignIn(context, () => finishSignIn(db(), step)), onCookie);
      },
    }),
    CredentialsProvider({
      id: "passkey",
      name: "Passkey",
      credentials: { response: {} },
      async authorize(input) {
        const response = readAssertion(input);
        if (!response) throw new Error("WrongPasskey");
        const ticket = readTicketCookie(headers, "challenge");
        const browser = await readBrowser(headers, context);
        const passkey = { ticket, response, ...browser };
        return finish(await attemptSignIn(context, () => signInWithPasskey(db(), passkey)), onCookie);
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

const readBrowser = async (headers: Headers, context: RequestContext) => ({
  context,
  formerSessionIds: (await readSessions(headers)).map(({ sessionId }) => sessionId),
  devices: readClaimedDevices(headers),
  isAddressOfProxy: isAddressOfProxy(headers),
});

function readAssertion(input: Record<string, string> | undefined): PasskeyAssertion | undefined {
  try {
    return PasskeyAssertion.safeParse(JSON.parse(input?.["response"] ?? "")).data;
  } catch {
    return undefined;
  }
}

const attemptSignIn = <T>({ requestId }: RequestContext, attempt: () => Promise<T>): Promise<T> =>
  attempt().catch((error: unknown) => {
    log.error({ err: error, request_id: requestId }, "a sign-in failed");
    throw new Error("Unavailable");
  });

/**
 * next-auth passes an error's message to the page as `error`, so throw only these. null becomes
 * "CredentialsSignin".
 */
const FAILURES = {
  overloaded: "Unavailable",
  wrong_code: "WrongCode",
  wrong_passkey: "WrongPasskey",
  step_expired: "StepExpired",
} as const;

function finish(result: SignInResult, onCookie: Request["onCookie"]): { id: string } | null {
  if ("sessionId" in result) {
    result.cookies.forEach(onCookie);
    return { id: result.sessionId };
  }
  if (result.failure === "wrong_credentials") return null;
  if (result.failure === "rate_limited") throw new Error(`RateLimited ${result.seconds}`);
  throw new Error(FAILURES[result.failure]);
}
