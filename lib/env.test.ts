import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { EnvironmentError, readEnv, readWorkerEnv, VARIABLES } from "./env";

const example = parseEnv(readFileSync(".env.example", "utf8")) as Record<string, string>;
const secret = "0123456789abcdef0123456789abcdef";
const required = {
  DATABASE_URL: "postgresql://app:secret@localhost/console",
  NEXTAUTH_SECRET: secret,
  NEXTAUTH_URL: "https://console.example.com",
  CURSOR_SECRET: secret,
  PROVIDER_SECRETS: secret,
  ENCRYPTION_KEYS: Buffer.alloc(32, secret).toString("base64"),
};

function problemsOf(source: Record<string, string>): string[] {
  try {
    readEnv(source);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

test(".env.example names exactly the variables that are read, and the owner's for migrating", () => {
  expect(Object.keys(example).toSorted()).toEqual(
    [...VARIABLES, "MIGRATE_DATABASE_URL", "WORKER_DATABASE_URL"].toSorted(),
  );
});

test(".env.example shows the defaults, and only its secrets must be filled in", () => {
  const { NEXTAUTH_SECRET, CURSOR_SECRET, PROVIDER_SECRETS, ENCRYPTION_KEYS } = required;
  const filledIn = readEnv({ ...example, NEXTAUTH_SECRET, CURSOR_SECRET, PROVIDER_SECRETS, ENCRYPTION_KEYS });
  const { DATABASE_URL, NEXTAUTH_URL } = example;
  expect(filledIn).toEqual(readEnv({ ...required, DATABASE_URL, NEXTAUTH_URL }));
  expect(problemsOf(example).map((line) => line.split(" ")[0])).toEqual([
    "NEXTAUTH_SECRET",
    "CURSOR_SECRET",
    "PROVIDER_SECRETS",
    "ENCRYPTION_KEYS",
  ]);
});

test("each missing or wrong variable is named with what it is for, and its value is not repeated", () => {
  expect(problemsOf({})).toHaveLength(Object.keys(required).length);
  const problems = problemsOf({ ...required, PORT: "http", NEXTAUTH_SECRET: "too-short", LOG_LEVEL: "loud" });
  expect(problems).toEqual([
    expect.stringMatching(/^NEXTAUTH_SECRET is not valid: the secret that .+\.$/),
    expect.stringMatching(/^PORT is not valid: the port that .+\.$/),
    expect.stringMatching(/^LOG_LEVEL is not valid: .+\.$/),
  ]);
  expect(problems.join()).not.toMatch(/too-short|loud/);
});

test("the worker starts without the web server's secrets, and not without a database", () => {
  const { DATABASE_URL } = required;
  expect(Object.keys(readWorkerEnv({ ...required }))).toEqual([
    "DATABASE_URL",
    "DATABASE_POOL_SIZE",
    "ENCRYPTION_KEYS",
    "ALLOW_PRIVATE_CALLBACKS",
    "CALLBACK_PORTS",
    "SECURITY_EVENT_MONTHS",
    "LOG_LEVEL",
  ]);
  const { ENCRYPTION_KEYS } = required;
  expect(readWorkerEnv({ DATABASE_URL, ENCRYPTION_KEYS })).toMatchObject({ DATABASE_URL });
  expect(() => readWorkerEnv({})).toThrow(/^WORKER_DATABASE_URL is missing: .+DATABASE_URL stands in\.$/m);
});

test("the worker takes its own login before the web server's", () => {
  const WORKER_DATABASE_URL = "postgresql://worker:secret@localhost/console";
  expect(readWorkerEnv({ ...required, WORKER_DATABASE_URL }).DATABASE_URL).toBe(WORKER_DATABASE_URL);
  expect(readWorkerEnv({ ...required, WORKER_DATABASE_URL: "" }).DATABASE_URL).toBe(required.DATABASE_URL);
  expect(() => readWorkerEnv({ ...required, WORKER_DATABASE_URL: "x" })).toThrow(
    "WORKER_DATABASE_URL is not valid",
  );
});

test("a pattern or an address of tickets that can't be one is told at the start", () => {
  expect(problemsOf({ ...required, TICKET_PATTERN: "(" })).toEqual([
    expect.stringContaining("TICKET_PATTERN is not valid"),
  ]);
  for (const TICKET_URL of ["https://desk.example/tickets", "javascript:{ticket}", "https://[/{ticket}"])
    expect(problemsOf({ ...required, TICKET_URL })).toEqual([
      expect.stringContaining("TICKET_URL is not valid"),
    ]);
  expect(
    problemsOf({ ...required, TICKET_URL: "https://desk.example/t/{ticket}", TICKET_PATTERN: "SUP-\\d+" }),
  ).toEqual([]);
});

test("what is forwarded goes over https or stays on the machine, and is signed", () => {
  const { DATABASE_URL, ENCRYPTION_KEYS } = required;
  const read = (AUDIT_FORWARD_URL: string, AUDIT_FORWARD_SECRET = secret) =>
    readWorkerEnv({ DATABASE_URL, ENCRYPTION_KEYS, AUDIT_FORWARD_URL, AUDIT_FORWARD_SECRET });
  for (const url of ["http://siem.example/", "http://localhost.example/", "ftp://siem.example/"]) {
    expect(() => read(url)).toThrow("AUDIT_FORWARD_URL is not valid");
  }
  expect(() => read("https://siem.example/", "")).toThrow("AUDIT_FORWARD_SECRET is missing");
  for (const url of ["https://siem.example/in", "http://127.0.0.1:9000/", "http://localhost/"]) {
    expect(read(url)).toMatchObject({ AUDIT_FORWARD_URL: url });
  }
});
