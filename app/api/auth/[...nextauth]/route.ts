import type { NextRequest } from "next/server";
import { env } from "@/lib/platform/env/env";
import { Refusal } from "@/lib/platform/errors";
import { authOptions } from "@/lib/platform/http/auth-options";
import { callNextAuth } from "@/lib/platform/http/call-next-auth";
import { readClientAddress, readUserAgent } from "@/lib/platform/http/client-address";
import { logFailure } from "@/lib/platform/http/log-failure";
import { readForm } from "@/lib/platform/http/read-form";
import { newRequestId, REQUEST_ID_HEADER } from "@/lib/platform/http/request-id";
import { answerError, toResponse } from "@/lib/platform/http/respond";
import type { ProviderAttempt } from "@/lib/platform/http/provider-sign-in";
import { crossOrigin, isFromForeignPage } from "@/lib/platform/http/same-origin";
import { log } from "@/lib/platform/log";
import { findProvider } from "@/lib/platform/env/find-provider";
import { answerProvider } from "./answer-provider";

type Context = { params: Promise<{ nextauth: string[] }> };

/** The next-auth routes that the console needs. `_log`, for one, would let anyone write to our log. */
const ACTIONS = new Set(["callback", "csrf", "error", "providers", "session", "signin", "signout"]);

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const requestId = newRequestId();
  const { method, headers } = request;
  try {
    const segments = (await context.params).nextauth;
    const isPost = method === "POST";
    // next-auth would show its own sign-out page, with inline styles.
    if (!ACTIONS.has(segments[0] ?? "") || (segments[0] === "signout" && !isPost))
      throw new Refusal("NOT_FOUND");
    // Checked first, so that another site's form can't use up an address's sign-in attempts.
    if (isPost && isFromForeignPage(headers, env().NEXTAUTH_URL)) throw crossOrigin();
    const form = isPost ? await readForm(request) : {};
    let failure: unknown;
    let isSignedOut = false;
    const cookies: string[] = [];
    const attempt: ProviderAttempt = {};
    const requestContext = {
      source: "dashboard",
      ip: readClientAddress(headers),
      userAgent: readUserAgent(headers),
      requestId,
    } as const;
    const options = authOptions({
      headers,
      context: requestContext,
      attempt,
      onCookie: (cookie) => cookies.push(cookie),
      onSignOut: () => (isSignedOut = true),
      onSignOutFailure: (error) => (failure = error),
    });
    const call = { method, url: request.nextUrl, headers, segments, form };
    const provider = segments[0] === "callback" ? findProvider(segments[1]) : undefined;
    const response = provider
      ? await answerProvider(provider, call, options, { attempt, context: requestContext })
      : await callNextAuth(call, options);
    // It would clear the cookie but leave the session, and every copy of the cookie, alive.
    if (failure !== undefined) throw failure;
    response.headers.set(REQUEST_ID_HEADER, requestId);
    // Not "cache": no response of a session is ever stored. Not "cookies": the device cookie must stay.
    if (isSignedOut) response.headers.set("Clear-Site-Data", '"storage"');
    for (const cookie of cookies) response.headers.append("Set-Cookie", cookie);
    return response;
  } catch (error) {
    return refuse(error, request.nextUrl.pathname, requestId);
  }
}

function refuse(error: unknown, path: string, requestId: string): Response {
  const answer = answerError(error);
  const { status } = answer;
  if (status >= 500) logFailure(error, { request_id: requestId, path });
  else log.info({ request_id: requestId, path, status }, "refused before next-auth");
  return toResponse(answer, requestId, false);
}

export { handle as GET, handle as POST };
