import { describe, expect, test } from "vitest";
import { answerError } from "@/lib/platform/http/respond";
import { type DatabaseFault, findDatabaseFault } from "./is-unavailable";

const CODES: [string, DatabaseFault | undefined][] = [
  ["08006", "unreachable"],
  ["08P01", "unreachable"],
  ["28P01", "unreachable"],
  ["3D000", "unreachable"],
  ["57P01", "unreachable"],
  ["57P03", "unreachable"],
  ["57P05", "unreachable"],
  ["58030", "unreachable"],
  ["58P01", "unreachable"],
  ["25006", "read_only"],
  ["53100", "full"],
  ["53400", "full"],
  ["53200", "busy"],
  ["53300", "busy"],
  ["55P03", "locked"],
  ["40001", "locked"],
  ["40P01", "locked"],
  ["57014", "slow"],
  ["25P03", "slow"],
  ["ECONNREFUSED", "unreachable"],
  ["EHOSTUNREACH", "unreachable"],
  ["ENETUNREACH", "unreachable"],
  ["ETIMEDOUT", "unreachable"],
  ["EPIPE", "unreachable"],
  ["EAI_AGAIN", "unreachable"],
  ["P1001", "unreachable"],
  ["P2024", "busy"],
  ["P2028", "slow"],
  // Faults of a statement, the data or the program, not of the database.
  ["23505", undefined],
  ["22021", undefined],
  ["42501", undefined],
  ["42P01", undefined],
  ["25001", undefined],
  ["55000", undefined],
  ["P0001", undefined],
  ["P2002", undefined],
  ["P2025", undefined],
  ["XX000", undefined],
  ["EPERM", undefined],
  ["ENOENT", undefined],
  ["ERR_INVALID_URL", undefined],
];

describe.each([
  ["as pg throws it", (code: string) => Object.assign(new Error("failed"), { code })],
  [
    "as Prisma wraps it",
    (code: string) => ({
      code: "P2010",
      meta: { driverAdapterError: { cause: { originalCode: code, kind: "postgres" } } },
    }),
  ],
  ["as the cause of another error", (code: string) => new Error("failed", { cause: { code } })],
])("database fault, %s", (_how, wrap) => {
  test.each(CODES)("%s: %s", (code, fault) => {
    expect(findDatabaseFault(wrap(code))).toBe(fault);
  });
});

test.each<[string, DatabaseFault | undefined]>([
  ["Query read timeout", "silent"],
  ["timeout exceeded when trying to connect", "busy"],
  ["timeout expired", "unreachable"],
  ["Connection terminated unexpectedly", "unreachable"],
  ["Connection terminated due to connection timeout", "unreachable"],
  ["Client has encountered a connection error and is not queryable", "unreachable"],
  ["Cannot read properties of undefined", undefined],
])("database fault without a code: %s", (message, fault) => {
  expect(findDatabaseFault(new Error(message))).toBe(fault);
});

test.each([undefined, null, "08006", 8006, {}, { code: 57014 }])("not a database fault: %j", (thrown) => {
  expect(findDatabaseFault(thrown)).toBeUndefined();
});

test.each([
  ["25006", "The database is read-only, so nothing was changed. Try again in a minute."],
  ["53100", "The database is full, so nothing was changed. Try again later."],
  ["55P03", "Another request is changing the same record, so nothing was changed. Try again."],
  ["57014", "The request timed out, so nothing was changed. Try again."],
  ["57P01", "The service can't reach its database. Try again."],
])("response for %s: 503 with its own sentence and Retry-After", (code, message) => {
  const { status, text, headers } = answerError(Object.assign(new Error("internal"), { code }));
  expect(status).toBe(503);
  expect(JSON.parse(text)).toEqual({ code: "SERVICE_UNAVAILABLE", message, errors: null });
  expect(Number(headers["Retry-After"])).toBeGreaterThan(0);
});
