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
import { crossOrigin, isFromForeignPage } from "@/lib/platform/http/same-origin";
import { log } from "@/lib/platform/log";

type Context = { params: Promise<{ nextauth: string[] }> };

/** The next-auth routes that the console needs. `_log`, for one, would let anyone write to our log. */
const ACTIONS = new Set(["callback", "csrf", "error", "providers", "session", "signin", "signout"]);

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const requestId = newRequestId();
  const { method, headers } = request;
  try {
    const segments = (await context.params).nextauth;
    if (!ACTIONS.has(segments[0] ?? "")) throw new Refusal("NOT_FOUND");
    const isPost = method === "POST";
    // Checked first, so that another site's form can't use up an address's sign-in attempts.
    if (isPost && isFromForeignPage(headers, env().NEXTAUTH_URL)) throw crossOrigin();
    const form = isPost ? await readForm(request) : {};
    let failure: unknown;
    let deviceCookie: string | undefined;
    const options = authOptions({
      headers,
      context: {
        source: "dashboard",
        ip: readClientAddress(headers),
        userAgent: readUserAgent(headers),
        requestId,
      },
      onSignIn: (cookie) => (deviceCookie = cookie),
      onSignOutFailure: (error) => (failure = error),
    });
    const response = await callNextAuth({ method, url: request.nextUrl, headers, segments, form }, options);
    // It would clear the cookie but leave the session, and every copy of the cookie, alive.
    if (failure !== undefined) throw failure;
    response.headers.set(REQUEST_ID_HEADER, requestId);
    if (deviceCookie !== undefined) response.headers.append("Set-Cookie", deviceCookie);
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
