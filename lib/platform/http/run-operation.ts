import { z } from "zod";
import type { CredentialAccess, Operation } from "@/lib/contract/operation";
import { type Db, db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { stringifyJson } from "@/lib/platform/json/json";
import { inSpan } from "@/lib/platform/tracing/tracing";
import { admit, readAgain } from "./admit";
import { answerOnce, readIdempotencyKey } from "./answer-once";
import { beforeDeadline } from "./before-deadline";
import type { BoundOperation, Params } from "./bind";
import { canonicalPath } from "./canonical-path";
import type { Exchange } from "./exchange";
import { parseJsonBody, parseWith, readQuery } from "./parse-input";
import { readBody } from "./read-body";
import { refuseLostReach } from "./refuse-lost-reach";
import { refuseMediaType } from "./refuse-media-type";
import type { Answer, ByteStream, Reply } from "./respond";
import { crossOrigin, isFromForeignPage } from "./same-origin";

/**
 * Runs an operation for a request: the checks in the contract's order, input, verb, output.
 * @throws Refusal
 */
export async function runOperation(
  bound: BoundOperation,
  request: Request,
  params: Params,
  exchange: Exchange,
): Promise<Answer> {
  // Outside the deadline, because a slow sender isn't the service's fault.
  const { body, maxBodyBytes } = bound.operation;
  const bytes = body ? await readBody(request, maxBodyBytes) : new Uint8Array();
  return beforeDeadline(answer(bound, request, bytes, params, exchange));
}

async function answer(
  { operation, handle, verify }: BoundOperation,
  request: Request,
  bytes: Uint8Array,
  params: Params,
  exchange: Exchange,
): Promise<Answer> {
  const { access } = operation;
  const client = db();
  if (access.by === "credential") {
    const leavesEntry = typeof operation.audits === "string";
    const needsStepUp = operation.stepUp === true;
    const needsFactor = !operation.beforeFactor;
    const requirements = { access, leavesEntry, needsStepUp, needsFactor };
    exchange.caller = await admit(client, request, requirements, exchange);
    if (exchange.caller.kind === "session") exchange.context.source = "dashboard";
  }
  // Any page open in a browser could send a change that needs no credential.
  const isAnyones = access.by === "anyone" && operation.method !== "GET";
  if (isAnyones && isFromForeignPage(request.headers, env().NEXTAUTH_URL)) throw crossOrigin();
  const { caller, context } = exchange;
  const url = new URL(request.url);
  const raw = { method: request.method, path: url.pathname, bytes, headers: request.headers };
  verify?.(raw);
  if (isAnyones || bytes.byteLength > 0) refuseMediaType(request.headers, { mustBeJson: isAnyones });
  const json = operation.body && parseJsonBody(bytes);
  const takesQuery = operation.query ?? (operation.body && NO_QUERY);
  const query = takesQuery && parseWith(takesQuery, readQuery(url, request.headers), "query");
  const body = operation.body && parseWith(operation.body, json, "body");
  const readCallerAgain = () => readAgain(client, request.headers, access as CredentialAccess);
  const input = { caller, context, params: makeStorable(params), query, body, raw, readCallerAgain };
  const work = async (to: Db): Promise<Answer> =>
    toAnswer(
      operation,
      await inSpan({ name: `verb ${operation.id}` }, async () => handle({ ...input, db: to } as never)),
    );

  const { idempotent } = operation;
  const key = idempotent && readIdempotencyKey(request.headers);
  if (key === undefined || !caller) return work(client);
  const { credentialId, reach } = caller;
  const checkKept = (kept: Answer) => refuseLostReach(idempotent!, kept, reach);
  const path = canonicalPath(url.pathname);
  return answerOnce(client, { credentialId, path, key, body: bytes, checkKept }, work);
}

/**
 * A path parameter that PostgreSQL can't store matches nothing, like any unknown one.
 * @param params undefined for a route without parameters, despite Next's types
 */
const makeStorable = (params: Params | undefined): Params =>
  Object.fromEntries(
    Object.entries(params ?? {}).map(([name, value]) => {
      const parts = [value].flat().map((part) => part.replaceAll("\0", "\ufffd").toWellFormed());
      return [name, Array.isArray(value) ? parts : parts[0]!];
    }),
  );

/** An unread `?reason=` is a misplaced field: it must not cancel a run without its reason. */
const NO_QUERY = z.strictObject({});

/** Parses the handler's result, so that nothing outside the contract is sent. */
function toAnswer({ id, responses }: Operation, { status, body, headers = {} }: Reply): Answer {
  const response = responses[status];
  if (!response) throw new Error(`${id} does not declare a response ${status}`);
  if (response.mediaType) return toStream(response.mediaType, status, body as ByteStream, headers);
  return { status, text: stringifyJson(response.body.parse(body)), headers };
}

/** Neither compression nor a proxy may buffer a stream. */
const toStream = (
  mediaType: string,
  status: number,
  stream: ByteStream,
  headers: Record<string, string>,
): Answer => ({
  status,
  text: "",
  stream,
  headers: {
    "Content-Type": `${mediaType}; charset=utf-8`,
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
    ...headers,
  },
});
