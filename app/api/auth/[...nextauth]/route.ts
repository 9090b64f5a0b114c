import NextAuth from "next-auth";
import { NextRequest } from "next/server";
import { Refusal } from "@/lib/platform/errors";
import { authOptions } from "@/lib/platform/http/auth-options";
import { readClientAddress, readUserAgent } from "@/lib/platform/http/client-address";
import { readBody } from "@/lib/platform/http/read-body";
import { logFailure } from "@/lib/platform/http/log-failure";
import { newRequestId, REQUEST_ID_HEADER } from "@/lib/platform/http/request-id";
import { answerError, toResponse } from "@/lib/platform/http/respond";
import { log } from "@/lib/platform/log";

type Context = { params: Promise<{ nextauth: string[] }> };

/** What the console needs of next-auth. With `_log`, for one, anyone could write lines into our log. */
const ACTIONS = new Set(["callback", "csrf", "error", "providers", "session", "signin", "signout"]);

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const requestId = newRequestId();
  try {
    const [action = ""] = (await context.params).nextauth;
    if (!ACTIONS.has(action)) throw new Refusal("NOT_FOUND");
    const limited = request.method === "POST" ? await withReadBody(request) : request;
    let failure: unknown;
    const options = authOptions({
      headers: request.headers,
      context: {
        source: "dashboard",
        ip: readClientAddress(request.headers),
        userAgent: readUserAgent(request.headers),
        requestId,
      },
      onSignOutFailure: (error) => (failure = error),
    });
    const response = (await NextAuth(limited as never, context as never, options)) as Response;
    // Its answer would take the cookie away and leave the session, and every copy of the cookie, alive.
    if (failure !== undefined) throw failure;
    response.headers.set(REQUEST_ID_HEADER, requestId);
    return response;
  } catch (error) {
    return refuse(error, request.nextUrl.pathname, requestId);
  }
}

/** next-auth reads whatever comes, before it checks anything; so it gets a request whose body is read already. */
async function withReadBody(request: NextRequest): Promise<NextRequest> {
  const { url, method, headers } = request;
  const isForm = headers.get("content-type")?.includes("application/x-www-form-urlencoded");
  if (!isForm) throw new Refusal("BAD_REQUEST", { message: "The request body is not a form." });
  return new NextRequest(url, { method, headers, body: await readBody(request) });
}

function refuse(error: unknown, path: string, requestId: string): Response {
  const answer = answerError(error);
  const { status } = answer;
  if (status >= 500) logFailure(error, { request_id: requestId, path });
  else log.info({ request_id: requestId, path, status }, "refused before next-auth");
  return toResponse(answer, requestId, false);
}

export { handle as GET, handle as POST };
