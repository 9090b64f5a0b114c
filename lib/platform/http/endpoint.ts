import type { Method, Operation } from "@/lib/contract/operation";
import { Refusal } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { countRequest } from "@/lib/platform/metrics/count";
import { inSpan, type SpanDraft, tracing } from "@/lib/platform/tracing/tracing";
import { recordRefusal } from "@/lib/security/record-refusal";
import type { BoundOperation, Params } from "./bind";
import { readClientAddress, readUserAgent } from "./client-address";
import type { Exchange } from "./exchange";
import { logFailure } from "./log-failure";
import { newRequestId } from "./request-id";
import { type Answer, answerError, toResponse } from "./respond";
import { runOperation } from "./run-operation";

export { bind } from "./bind";

type Route = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;
type RouteMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** The handlers of one path: its bound operations, and 405 for other methods. */
export function endpoint(bound: Partial<Record<Method, BoundOperation>>): Record<RouteMethod, Route> {
  const allow = [
    bound.GET && "GET, HEAD",
    bound.POST && "POST",
    bound.PATCH && "PATCH",
    bound.DELETE && "DELETE",
  ]
    .filter(Boolean)
    .join(", ");
  const route =
    (found: BoundOperation | undefined): Route =>
    (request, { params }) =>
      respond(request, found?.operation, async (exchange) => {
        if (!found) throw new Refusal("METHOD_NOT_ALLOWED", { headers: { Allow: allow } });
        return runOperation(found, request, await params, exchange);
      });
  const refuse = route(undefined);
  const get = route(bound.GET);
  return {
    GET: get,
    HEAD: get,
    POST: route(bound.POST),
    PUT: refuse,
    PATCH: route(bound.PATCH),
    DELETE: route(bound.DELETE),
    OPTIONS: refuse,
  };
}

/** Handles any method on a path that doesn't exist. */
export const refuseUnknownPath: Route = (request) =>
  respond(request, undefined, () => Promise.reject(new Refusal("NOT_FOUND")));

/** Completes every response: request id, error envelope, a refusal's security event, metrics, a log line. */
async function respond(
  request: Request,
  operation: Operation | undefined,
  work: (exchange: Exchange) => Promise<Answer>,
): Promise<Response> {
  const startedAt = performance.now();
  const { method, headers } = request;
  const path = new URL(request.url).pathname;
  const requestId = newRequestId();
  const [ip, userAgent] = [readClientAddress(headers), readUserAgent(headers)];
  const exchange: Exchange = { context: { source: "api", ip, userAgent, requestId }, caller: undefined };
  const answer = await inSpan(describeSpan({ method, headers, requestId }, operation), async () => {
    let answer: Answer;
    try {
      answer = await work(exchange);
    } catch (error) {
      answer = answerError(error);
      if (answer.status >= 500) {
        logFailure(error, { request_id: requestId, path });
        tracing()?.note({ "error.type": String(answer.status) });
      } else if (error instanceof Refusal)
        await recordRefusal({ refusal: error, status: answer.status, operation, method, path, ...exchange });
    }
    tracing()?.note({ "http.response.status_code": answer.status });
    return answer;
  });
  const durationMs = performance.now() - startedAt;
  countRequest(operation?.id, answer.status, durationMs / 1_000);
  log.info({
    request_id: requestId,
    method,
    path,
    status: answer.status,
    duration_ms: Math.round(durationMs * 10) / 10,
    operation: operation?.id,
    credential_id: exchange.caller?.credentialId,
  });
  return toResponse(answer, requestId, method === "HEAD");
}

type SpanSource = { method: string; headers: Headers; requestId: string };

/** By the route, because the path contains ids. */
const describeSpan = ({ method, headers, requestId }: SpanSource, operation?: Operation): SpanDraft => ({
  name: operation ? `${method} ${operation.path}` : method,
  kind: "server",
  requestId,
  headers,
  attributes: {
    "http.request.method": method,
    "runflow.request_id": requestId,
    ...(operation && { "http.route": operation.path, "runflow.operation": operation.id }),
  },
});
