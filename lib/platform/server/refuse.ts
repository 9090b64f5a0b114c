import type { ServerResponse } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ErrorCode } from "@/lib/contract/errors";
import { Refusal } from "@/lib/platform/errors";
import { newRequestId, REQUEST_ID_HEADER } from "@/lib/platform/http/request-id";
import { answerError } from "@/lib/platform/http/respond";
import { log } from "@/lib/platform/log";

/** Sends an error envelope for a request that reaches no route. */
export function refuse(
  response: ServerResponse,
  code: ErrorCode,
  detail: Record<string, unknown>,
  message?: string,
): void {
  const { status, headers, text } = compose(code, detail, message);
  response.writeHead(status, headers).end(text);
}

/** How long the client of a refused connection may keep sending or keep its side open. */
const LINGER_MS = 1_000;

const refused = new WeakSet<Duplex>();

type Refused = {
  detail: Record<string, unknown>;
  message?: string;
  /** HTML for a person instead of the envelope. */
  page?: string;
  lingerMs?: number;
};

/**
 * The same for bytes that aren't a request, on the raw connection, which then closes regardless of the
 * client.
 */
export function refuseConnection(
  connection: Duplex,
  code: ErrorCode,
  { detail, message, page, lingerMs = LINGER_MS }: Refused,
): void {
  // The parser reports every further chunk.
  if (refused.has(connection)) return;
  refused.add(connection);
  const { status, headers, text } = compose(code, detail, message, page);
  const lines = Object.entries({ ...headers, Connection: "close" }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  // No other listener is left, and an unhandled reset would end the process.
  connection.on("error", () => connection.destroy());
  connection.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${text}`);
  // Drain the rest: destroying the connection with unread bytes resets it, and the client might never see the
  // response.
  connection.resume();
  const cut = setTimeout(() => connection.destroy(), lingerMs);
  connection.once("close", () => clearTimeout(cut));
}

function compose(code: ErrorCode, detail: Record<string, unknown>, message?: string, page?: string) {
  const requestId = newRequestId();
  const { status, text: envelope } = answerError(
    new Refusal(code, { ...(message !== undefined && { message }) }),
  );
  log.info({ request_id: requestId, status, code, ...detail }, "refused before any route");
  const text = page ?? envelope;
  const headers: Record<string, string | number> = {
    "Content-Type": `${page === undefined ? "application/json" : "text/html"}; charset=utf-8`,
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    [REQUEST_ID_HEADER]: requestId,
  };
  if (page !== undefined) headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'";
  if (code === "METHOD_NOT_ALLOWED") headers["Allow"] = "GET, HEAD, POST";
  return { status, headers, text };
}
