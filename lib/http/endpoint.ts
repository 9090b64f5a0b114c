import type { z } from "zod";
import type { RequestContext } from "@/lib/audit/audit-entry";
import type { Operation } from "@/lib/contract/operation";
import { type Db, db } from "@/lib/db/client";
import { isDatabaseUnavailable } from "@/lib/db/is-unavailable";
import { Refusal } from "@/lib/errors";
import { answerOnce, readIdempotencyKey } from "@/lib/idempotency/answer-once";
import type { Caller } from "@/lib/identity/caller";
import { stringifyJson } from "@/lib/json";
import { log } from "@/lib/log";
import { recordSecurityEvent } from "@/lib/security/record-security-event";
import { admit } from "./admit";
import { readClientAddress, readUserAgent } from "./client-address";
import { parseJsonBody, parseWith, readQuery } from "./parse-input";
import { readBody } from "./read-body";
import { newRequestId } from "./request-id";
import { type Answer, answerError, type Reply, toResponse } from "./respond";

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Params = Record<string, string | string[]>;

/** What a handler gets: everything about the request is checked and parsed by then. */
export type Input<O extends Operation> = {
  db: Db;
  caller: O["access"] extends { by: "credential" } ? Caller : undefined;
  context: RequestContext;
  params: Params;
  query: Parsed<O["query"]>;
  body: Parsed<O["body"]>;
  /** The body's bytes as they came and the headers, for signatures. */
  raw: { bytes: Uint8Array; headers: Headers };
};

type Handler<O extends Operation> = (input: Input<O>) => Promise<Reply> | Reply;

export type BoundOperation = {
  operation: Operation;
  handle: (input: never) => Promise<Reply> | Reply;
  verify?: (raw: Input<Operation>["raw"]) => void;
};

/**
 * Ties an operation to the verb behind it.
 * @param verify checks a request that carries no credential of ours, such as the provider's signature
 */
export function bind<O extends Operation>(
  operation: O,
  handle: Handler<O>,
  verify?: BoundOperation["verify"],
): BoundOperation {
  return { operation, handle, ...(verify && { verify }) };
}

type Route = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/** The handlers of one path: the bound operations, and 405 for every other method. */
export function endpoint(bound: { GET?: BoundOperation; POST?: BoundOperation }): Record<RouteMethod, Route> {
  const allow = [bound.GET && "GET, HEAD", bound.POST && "POST"].filter(Boolean).join(", ");
  const route =
    (found: BoundOperation | undefined): Route =>
    (request, { params }) =>
      serve(request, found?.operation, async (exchange) => {
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
    PATCH: refuse,
    DELETE: refuse,
    OPTIONS: refuse,
  };
}

/** Any method on a path that doesn't exist. */
export const refuseUnknownPath: Route = (request) =>
  serve(request, undefined, () => Promise.reject(new Refusal("NOT_FOUND")));

type RouteMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
type Exchange = { context: RequestContext; caller: Caller | undefined };

/** The frame around every request: its id, its errors in the one envelope, its security event, its log line. */
async function serve(
  request: Request,
  operation: Operation | undefined,
  answerRequest: (exchange: Exchange) => Promise<Answer>,
): Promise<Response> {
  const startedAt = performance.now();
  const context: RequestContext = {
    source: "api",
    ip: readClientAddress(request.headers),
    userAgent: readUserAgent(request.headers),
    requestId: newRequestId(),
  };
  const exchange: Exchange = { context, caller: undefined };
  const path = new URL(request.url).pathname;
  let answer: Answer;
  try {
    answer = await answerRequest(exchange);
  } catch (error) {
    const refusal = toRefusal(error);
    answer = answerError(refusal);
    if (answer.status >= 500)
      log.error({ err: error, request_id: context.requestId, path }, "request failed");
    else if (isSecurityRelevant(operation)) {
      const { caller } = exchange;
      const detail =
        refusal.options.detail ?? (refusal.options.errors ? { errors: refusal.options.errors } : null);
      const event = {
        kind: "request.refused" as const,
        status: answer.status,
        code: refusal.code,
        method: request.method,
      };
      await recordSecurityEvent(db(), { ...event, path, caller, context, detail });
    }
  }
  log.info({
    request_id: context.requestId,
    method: request.method,
    path,
    status: answer.status,
    duration_ms: Math.round((performance.now() - startedAt) * 10) / 10,
    operation: operation?.id,
    credential_id: exchange.caller?.credentialId,
  });
  return toResponse(answer, context.requestId, request.method === "HEAD");
}

async function runOperation(
  bound: BoundOperation,
  request: Request,
  params: Params,
  exchange: Exchange,
): Promise<Answer> {
  const { operation } = bound;
  const client = db();
  const bytes = operation.body ? await readBody(request) : new Uint8Array();
  if (operation.access.by === "credential") {
    exchange.caller = await admit(client, request, operation.access, (caller) => (exchange.caller = caller));
    if (exchange.caller.kind === "session") exchange.context.source = "dashboard";
  }
  const raw = { bytes, headers: request.headers };
  bound.verify?.(raw);
  const url = new URL(request.url);
  const json = operation.body && parseJsonBody(bytes);
  const query = operation.query && parseWith(operation.query, readQuery(url), "query");
  const body = operation.body && parseWith(operation.body, json, "body");
  const work = async (tx: Db): Promise<Answer> => {
    const input = { db: tx, caller: exchange.caller, context: exchange.context, params, query, body, raw };
    return toAnswer(operation, await bound.handle(input as never));
  };

  const key = operation.idempotent ? readIdempotencyKey(request.headers) : undefined;
  if (key === undefined || !exchange.caller) return work(client);
  return answerOnce(
    client,
    { credentialId: exchange.caller.credentialId, path: url.pathname, key, body: bytes },
    work,
  );
}

/** Parses what the handler answers, so that nothing leaves that the contract doesn't name. */
function toAnswer(operation: Operation, reply: Reply): Answer {
  const response = operation.responses[reply.status];
  if (!response) throw new Error(`${operation.id} does not declare a response ${reply.status}`);
  return {
    status: reply.status,
    text: stringifyJson(response.body.parse(reply.body)),
    headers: reply.headers ?? {},
  };
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(isDatabaseUnavailable(error) ? "SERVICE_UNAVAILABLE" : "INTERNAL_ERROR");
}

/** Refusals on the admin routes are kept; a customer's own mistakes elsewhere are only logged. */
const isSecurityRelevant = (operation: Operation | undefined): boolean =>
  operation?.access.by === "credential" && operation.access.admin;
