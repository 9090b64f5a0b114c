/** Connection refused, reset, timed out; the server is shutting down, starting up, out of connections or too slow. */
const UNAVAILABLE = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "57014",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "08000",
  "08001",
  "08003",
  "08006",
]);

const MESSAGES =
  /connection terminated|can't reach database|connection timeout|timeout exceeded when trying to connect|server closed the connection|not queryable|connection error/i;

/** Whether an error means that the database can't be reached, rather than that the statement is wrong. */
export function isDatabaseUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { code, originalCode, kind, message, cause, meta, driverAdapterError } = error as Record<
    string,
    unknown
  >;
  if ([code, originalCode].some((text) => typeof text === "string" && UNAVAILABLE.has(text))) return true;
  if (kind === "DatabaseNotReachable" || kind === "ConnectionClosed" || kind === "SocketTimeout") return true;
  if (typeof message === "string" && MESSAGES.test(message)) return true;
  return [cause, meta, driverAdapterError].some((inner) => isDatabaseUnavailable(inner, depth + 1));
}
