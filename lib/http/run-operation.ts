import { z } from "zod";
import type { CredentialAccess, Operation } from "@/lib/contract/operation";
import { type Db, db } from "@/lib/db/client";
import { Refusal } from "@/lib/errors";
import { answerOnce, readIdempotencyKey } from "@/lib/idempotency/answer-once";
import { canonicalPath } from "@/lib/idempotency/canonical-path";
import { refuseLostReach } from "@/lib/idempotency/refuse-lost-reach";
import { CallerUnconfirmed } from "@/lib/identity/remember-caller";
import { stringifyJson } from "@/lib/json";
import { admit, readAgain } from "./admit";
import type { BoundOperation, Params } from "./bind";
import type { Exchange } from "./exchange";
import { currentIncoming } from "./incoming";
import { parseJsonBody, parseWith, readQuery } from "./parse-input";
import { readBody } from "./read-body";
import type { Answer, ByteStream, Reply } from "./respond";

/**
 * Answers a request with the operation behind it: the checks in the contract's order, the input, the verb, the output.
 * @throws Refusal
 */
export async function runOperation(
  bound: BoundOperation,
  request: Request,
  params: Params,
  exchange: Exchange,
): Promise<Answer> {
  const { operation } = bound;
  const bytes = operation.body ? await readBody(currentIncoming()) : new Uint8Array();
  const attempt = (mayRecall: boolean) => runAttempt(bound, { request, params, bytes }, exchange, mayRecall);
  // A kept answer is given without the verb, so nothing would confirm the caller.
  if (!operation.confirmsCaller || request.headers.has("idempotency-key")) return attempt(false);
  try {
    return await attempt(true);
  } catch (error) {
    // Refused, perhaps, to a caller of a moment ago. A fault is not asked again: what it was about may have been done.
    const isRefused = error instanceof Refusal || error instanceof CallerUnconfirmed;
    if (!isRefused || exchange.caller?.rememberedVersion === undefined) throw error;
    return attempt(false);
  }
}

type Received = { request: Request; params: Params; bytes: Uint8Array };

async function runAttempt(
  { operation, handle, verify }: BoundOperation,
  { request, params, bytes }: Received,
  exchange: Exchange,
  mayRecall: boolean,
): Promise<Answer> {
  const { access } = operation;
  const client = db();
  if (access.by === "credential") {
    const leavesEntry = typeof operation.audits === "string";
    exchange.caller = await admit(client, request, { access, leavesEntry }, exchange, mayRecall);
    if (exchange.caller.kind === "session") exchange.context.source = "dashboard";
  }
  const { caller, context } = exchange;
  const raw = { bytes, headers: request.headers };
  verify?.(raw);
  const url = new URL(request.url);
  const json = operation.body && parseJsonBody(bytes);
  const takesQuery = operation.query ?? (operation.body && NO_QUERY);
  const query = takesQuery && parseWith(takesQuery, readQuery(url), "query");
  const body = operation.body && parseWith(operation.body, json, "body");
  const readCallerAgain = () => readAgain(client, request.headers, access as CredentialAccess);
  const input = { caller, context, params, query, body, raw, readCallerAgain };
  const work = async (tx: Db): Promise<Answer> =>
    toAnswer(operation, await handle({ ...input, db: tx } as never));

  const key = operation.idempotent ? readIdempotencyKey(request.headers) : undefined;
  if (key === undefined || !caller) return work(client);
  const { credentialId, reach } = caller;
  const checkKept = (kept: Answer) => refuseLostReach(kept, reach);
  const path = canonicalPath(url.pathname);
  return answerOnce(client, { credentialId, path, key, body: bytes, checkKept }, work);
}

/** A `?reason=` that nobody reads is a field in the wrong place: it must not cancel a run without its reason. */
const NO_QUERY = z.strictObject({});

/** Parses what the handler answers, so that nothing leaves that the contract doesn't name. */
function toAnswer({ id, responses }: Operation, { status, body, headers = {} }: Reply): Answer {
  const response = responses[status];
  if (!response) throw new Error(`${id} does not declare a response ${status}`);
  if (response.mediaType) return toStream(response.mediaType, status, body as ByteStream, headers);
  return { status, text: stringifyJson(response.body.parse(body)), headers };
}

/** Nothing on the way may gather what a stream says: no compression, and no proxy's buffer. */
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
