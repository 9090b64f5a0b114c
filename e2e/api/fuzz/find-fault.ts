import type { Reply } from "@/test/call-http";
import type { documentedBy } from "@/test/documented";
import type { ToSend } from "./to-request";

/** @returns how a response departs from the contract, or undefined */
export function findFault(
  { method, path }: ToSend,
  { status, headers, text }: Reply,
  departure: ReturnType<typeof documentedBy>,
): string | undefined {
  if (status >= 500) return `status ${status}: ${text}`;
  if (!/^req_\w{26,}$/.test(String(headers["runflow-request-id"]))) return "no request id";
  const type = String(headers["content-type"]);
  if (type !== "application/json; charset=utf-8")
    return /^(text\/event-stream|text\/csv|application\/x-ndjson); charset=utf-8/.test(type) && status === 200
      ? undefined
      : `content type ${type} with status ${status}`;
  if (headers["cache-control"] !== "no-store") return `Cache-Control: ${headers["cache-control"]}`;
  try {
    return departure(method, path.replace(/\?.*/s, ""), status, JSON.parse(text));
  } catch {
    return `not JSON: ${text.slice(0, 200)}`;
  }
}
