import type { NextAuthOptions } from "next-auth";
import { paths, safeNext } from "@/lib/client/paths";
import { readCookies } from "@/lib/identity/cookies";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import { type Call, callNextAuth, pickProviderCookies } from "@/lib/platform/http/call-next-auth";
import type { ProviderAttempt } from "@/lib/platform/http/provider-sign-in";
import { recordProviderFailure } from "@/lib/platform/http/record-provider-failure";
import type { ProviderFailure } from "@/lib/sso/explain-failure";
import type { RequestContext } from "@/lib/states/audit-entry";

type Attempted = { attempt: ProviderAttempt; context: RequestContext };

/** Answers a browser that comes back from an identity provider: signed in, or told why not. */
export async function answerProvider(
  provider: OidcProvider,
  call: Call,
  options: NextAuthOptions,
  { attempt, context }: Attempted,
): Promise<Response> {
  // Without them nothing can be checked, and nobody should make us call the provider.
  const wasStarted = call.method === "GET" && (await hasProviderCookies(call.headers, provider.id));
  const response = wasStarted ? await callNextAuth(call, options) : undefined;
  if (response && attempt.sessionId !== undefined) return response;
  const failure = attempt.failure ?? explain(call.url, wasStarted);
  await recordProviderFailure({ provider, attempt, failure, context, url: call.url });
  const headers = new Headers(response?.headers);
  headers.set("Location", paths.signIn(readNext(call.headers), { failure, provider: provider.id }));
  return new Response(null, { status: 302, headers });
}

/** next-auth checks the cookies and discovers the provider before our code runs; the cookies are good. */
function explain(url: URL, wasStarted: boolean): ProviderFailure {
  if (!wasStarted) return "invalid";
  return url.searchParams.has("error") ? "denied" : "unreachable";
}

async function hasProviderCookies(headers: Headers, provider: string): Promise<boolean> {
  const { cookies } = await pickProviderCookies(headers, provider);
  return Object.keys(cookies).filter((name) => /\.(state|nonce|pkce)$/.test(name)).length === 3;
}

/** The page that the sign-in was started for. */
function readNext(headers: Headers): string | undefined {
  const [text = ""] = readCookies(headers, "callback");
  if (!URL.canParse(text)) return undefined;
  const { pathname, search } = new URL(text);
  return safeNext(pathname + search);
}
