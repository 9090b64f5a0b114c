/** Why a database can't serve a request now. */
export type DatabaseFault = "unreachable" | "read_only" | "full" | "busy" | "locked" | "slow" | "silent";

/** By SQLSTATE: the whole code, then its class (the first two characters). */
const STATES: Record<string, DatabaseFault> = {
  "08": "unreachable", // connection exceptions
  "28": "unreachable", // login refused, as after a password change
  "3D": "unreachable", // database missing, as during a restore
  "40": "locked", // serialization failures and deadlocks
  "40003": "silent",
  "53": "busy", // out of connections or memory
  "53100": "full",
  "53400": "full", // a configured limit, such as on temporary files
  "57": "unreachable", // shutting down, starting up, or connection ended by an administrator
  "57014": "slow",
  "58": "unreachable", // a system or file error
  "25006": "read_only",
  "25P03": "slow", // idle in a transaction for too long
  "25P04": "slow",
  "55P03": "locked",
  P1000: "unreachable",
  P1001: "unreachable",
  P1002: "unreachable",
  P1003: "unreachable",
  P1008: "silent",
  P1010: "unreachable",
  P1011: "unreachable",
  P1017: "unreachable",
  P1018: "slow", // a transaction that was closed already
  P2024: "busy", // no connection in the pool became free
  P2028: "slow", // a transaction that could not begin, or did not end, in time
  P2034: "locked",
  P2037: "busy",
};

/** Codes of the system's network calls. */
const NETWORK =
  /^(E(CONN|HOST|NET)[A-Z]+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL|EPROTO|ERR_(TLS|SSL)_\w+)$/;

/**
 * Kinds of the driver adapter's errors, which have no code for a broken connection. Prisma assigns a code,
 * except when COMMIT fails.
 */
const KINDS: Record<string, DatabaseFault> = {
  AuthenticationFailed: "unreachable",
  ConnectionClosed: "unreachable",
  DatabaseAccessDenied: "unreachable",
  DatabaseDoesNotExist: "unreachable",
  DatabaseNotReachable: "unreachable",
  SocketTimeout: "silent",
  TlsConnectionError: "unreachable",
  TooManyConnections: "busy",
  TransactionAlreadyClosed: "slow",
  TransactionWriteConflict: "locked",
};

/** Messages of pg and its pool that come without a code. */
const MESSAGES: [RegExp, DatabaseFault][] = [
  [/query read timeout/i, "silent"],
  [/timeout exceeded when trying to connect/i, "busy"],
  [
    /connection (terminated|timeout|error)|timeout expired|can't reach database|server closed the connection|not queryable|does not support ssl/i,
    "unreachable",
  ],
];

/**
 * Distinguishes an unusable database from a faulty statement.
 * @returns undefined for every other error
 */
export function findDatabaseFault(error: unknown, depth = 0): DatabaseFault | undefined {
  if (typeof error !== "object" || error === null || depth > 5) return undefined;
  const { code, originalCode, kind, message, cause, meta, driverAdapterError } = error as Record<
    string,
    unknown
  >;
  // The innermost error is the database's own; the outer ones only say that something failed.
  for (const inner of [driverAdapterError, cause, meta]) {
    const fault = findDatabaseFault(inner, depth + 1);
    if (fault) return fault;
  }
  return readCode(originalCode) ?? readCode(code) ?? readKind(kind) ?? readMessage(message);
}

const SQLSTATE = /^[0-9A-Z]{5}$/;

function readCode(code: unknown): DatabaseFault | undefined {
  if (typeof code !== "string") return undefined;
  if (NETWORK.test(code)) return "unreachable";
  return SQLSTATE.test(code) ? (STATES[code] ?? STATES[code.slice(0, 2)]) : undefined;
}

const readKind = (kind: unknown): DatabaseFault | undefined =>
  typeof kind === "string" ? KINDS[kind] : undefined;

const readMessage = (message: unknown): DatabaseFault | undefined =>
  typeof message === "string" ? MESSAGES.find(([words]) => words.test(message))?.[1] : undefined;
