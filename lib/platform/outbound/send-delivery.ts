import type { Dispatcher } from "undici";
import type { AttemptError } from "@/lib/states/delivery";
import { PRIVATE_ADDRESS } from "./guarded-agent";
import { post, PostTimeout } from "./post";
import { readRetryAfter } from "./retry-after";
import { signBody } from "./sign-body";
import { findTargetProblem, type TargetRules } from "./target-url";

export const SIGNATURE_HEADER = "Runflow-Signature";
export const REQUEST_ID_HEADER = "Runflow-Request-Id";
export const TIMEOUT_MS = 10_000;
/** How much of a response to keep for people to read. */
export const MAX_RESPONSE_BYTES = 4 * 1024;

export type Message = {
  id: string;
  url: string;
  body: string;
  /** JSON by default. */
  contentType?: string;
  /** Signs the body; null when the organization has no secret. */
  secret: string | null;
};

export type Outcome = {
  isDelivered: boolean;
  /** Whether a retry would be useless. */
  isFinal: boolean;
  status: number | null;
  /** Why there is no response, or why it doesn't count. */
  error: AttemptError | null;
  responseBody: string | null;
  /** How long the receiver asks us to wait before the next attempt. */
  retryAfterMs?: number;
};

type SendOptions = { agent: Dispatcher; rules: TargetRules; timeoutMs?: number };

/**
 * Sends a message once. Never throws: every fault is an outcome. Doesn't follow redirects, because their
 * targets are unchecked.
 */
export async function sendDelivery(
  message: Message,
  { agent, rules, timeoutMs }: SendOptions,
): Promise<Outcome> {
  const problem = findTargetProblem(message.url, rules);
  if (problem) return { ...FAILED, isFinal: true, error: problem.type };
  try {
    const { status, retryAfter, body } = await post(message.url, {
      agent,
      body: message.body,
      timeoutMs: timeoutMs ?? TIMEOUT_MS,
      maxBytes: MAX_RESPONSE_BYTES,
      headers: {
        "Content-Type": message.contentType ?? "application/json; charset=utf-8",
        "User-Agent": "Runflow-Callbacks/1.0",
        [REQUEST_ID_HEADER]: message.id,
        ...(message.secret !== null && { [SIGNATURE_HEADER]: signBody(message.secret, message.body) }),
      },
    });
    const isDelivered = status >= 200 && status < 300;
    const retryAfterMs = isDelivered ? undefined : readRetryAfter(retryAfter, Date.now());
    return {
      isDelivered,
      isFinal: false,
      status,
      error: nameAnswer(status),
      responseBody: readText(body),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  } catch (error) {
    return { ...FAILED, error: explain(error) };
  }
}

function nameAnswer(status: number): AttemptError | null {
  if (status >= 300 && status < 400) return "redirect_not_followed";
  return status === 410 ? "gone" : null;
}

const FAILED: Outcome = { isDelivered: false, isFinal: false, status: null, error: null, responseBody: null };

/** PostgreSQL's text can't hold NUL. */
const readText = (body: Buffer): string | null =>
  body.byteLength === 0 ? null : body.toString("utf8").replaceAll("\0", "\ufffd");

const ERRORS: Record<string, AttemptError> = {
  [PRIVATE_ADDRESS]: "private_address",
  ECONNREFUSED: "connection_refused",
  ECONNRESET: "connection_reset",
  EPIPE: "connection_reset",
  UND_ERR_SOCKET: "connection_reset",
  ENOTFOUND: "name_not_found",
  EAI_AGAIN: "name_not_found",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
  ETIMEDOUT: "timeout",
};

function explain(error: unknown): AttemptError {
  if (!(error instanceof Error)) return "connection_failed";
  if (error instanceof PostTimeout) return "timeout";
  const code = String((error as NodeJS.ErrnoException).code);
  if (ERRORS[code]) return ERRORS[code];
  if (error instanceof AggregateError && error.errors.length > 0) return explain(error.errors[0]);
  if (/CERT|TLS|SSL|ISSUER|SIGNATURE/.test(code)) return "tls_failed";
  return code.startsWith("HPE_") ? "no_http" : "connection_failed";
}
