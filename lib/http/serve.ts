import type { Operation } from "@/lib/contract/operation";
import { db } from "@/lib/db/client";
import { isDatabaseUnavailable } from "@/lib/db/is-unavailable";
import { Refusal } from "@/lib/errors";
import { log } from "@/lib/log";
import { recordSecurityEvent } from "@/lib/security/record-security-event";
import { readClientAddress, readUserAgent } from "./client-address";
import type { Exchange } from "./exchange";
import { newRequestId } from "./request-id";
import { type Answer, answerError, toResponse } from "./respond";

/** The frame around every request: its id, its errors in the one envelope, its security event, its log line. */
export async function serve(
  request: Request,
  operation: Operation | undefined,
  answerRequest: (exchange: Exchange) => Promise<Answer>,
): Promise<Response> {
  const startedAt = performance.now();
  const { method, headers } = request;
  const path = new URL(request.url).pathname;
  const requestId = newRequestId();
  const context = {
    source: "api" as const,
    ip: readClientAddress(headers),
    userAgent: readUserAgent(headers),
    requestId,
  };
  const exchange: Exchange = { context, caller: undefined, isCounted: false };
  let answer: Answer;
  try {
    answer = await answerRequest(exchange);
  } catch (error) {
    const refusal = toRefusal(error);
    answer = answerError(refusal);
    if (answer.status >= 500) log.error({ err: error, request_id: requestId, path }, "request failed");
    else if (isSecurityRelevant(operation, exchange) && !refusal.options.isOneOfMany)
      await keepRefusal(refusal, answer.status, { method, path, exchange });
  }
  log.info({
    request_id: requestId,
    method,
    path,
    status: answer.status,
    duration_ms: Math.round((performance.now() - startedAt) * 10) / 10,
    operation: operation?.id,
    credential_id: exchange.caller?.credentialId,
  });
  return toResponse(answer, requestId, method === "HEAD");
}

export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(isDatabaseUnavailable(error) ? "SERVICE_UNAVAILABLE" : "INTERNAL_ERROR");
}

/**
 * Refusals on the admin routes are kept, and elsewhere those of staff who tried what leaves an audit entry; a customer's own
 * mistakes are only logged.
 */
function isSecurityRelevant(operation: Operation | undefined, { caller }: Exchange): boolean {
  if (operation?.access.by !== "credential") return false;
  return operation.access.admin || (caller?.isAdmitted === true && typeof operation.audits === "string");
}

type Refused = { method: string; path: string; exchange: Exchange };

async function keepRefusal({ code, options }: Refusal, status: number, { method, path, exchange }: Refused) {
  const { context, caller } = exchange;
  const detail = options.detail ?? (options.errors ? { errors: options.errors } : null);
  await recordSecurityEvent(db(), {
    kind: "request.refused",
    status,
    code,
    method,
    path,
    caller,
    context,
    detail,
  });
}
