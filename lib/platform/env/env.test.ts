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
const AUDIT_SIGNING_KEYS = Buffer.alloc(32, secret).toString("base64");
/** The variables that the worker needs. */
const forWorker = {
  DATABASE_URL: required.DATABASE_URL,
  ENCRYPTION_KEYS: required.ENCRYPTION_KEYS,
  AUDIT_SIGNING_KEYS,
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

test(".env.example: has exactly the variables in use, and the owner's for migrations", () => {
  expect(Object.keys(example).toSorted()).toEqual([...VARIABLES, "MIGRATE_DATABASE_URL"].toSorted());
});

test(".env.example: shows the defaults; only secrets must be filled in", () => {
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

test("missing or wrong variable: named with its purpose, never with its value", () => {
  expect(problemsOf({})).toHaveLength(Object.keys(required).length);
  const problems = problemsOf({ ...required, PORT: "http", NEXTAUTH_SECRET: "too-short", LOG_LEVEL: "loud" });
  expect(problems).toEqual([
    expect.stringMatching(/^NEXTAUTH_SECRET is not valid: the secret that .+\.$/),
    expect.stringMatching(/^PORT is not valid: the port that .+\.$/),
    expect.stringMatching(/^LOG_LEVEL is not valid: .+\.$/),
  ]);
  expect(problems.join()).not.toMatch(/too-short|loud/);
});

test.each([
  ["http://127.0.0.1:3000", true],
  ["https://console.example.com/", true],
  ["https://console.example.com/console", false],
  ["https://console.example.com?a", false],
  ["https://user@console.example.com", false],
  ["HTTPS://console.example.com", false],
  ["ftp://console.example.com", false],
  ["console.example.com", false],
])("console's URL must be an origin: %s (%s)", (NEXTAUTH_URL, isOne) => {
  expect(problemsOf({ ...required, NEXTAUTH_URL })).toEqual(
    isOne ? [] : [expect.stringMatching(/^NEXTAUTH_URL is not valid: the URL of the console, /)],
  );
});

test("worker: starts without the web server's secrets, but needs a database", () => {
  expect(Object.keys(readWorkerEnv({ ...required, ...forWorker }))).toEqual([
    "DATABASE_URL",
    "HOST",
    "AUDIT_SIGNING_KEYS",
    "AUDIT_CHECKPOINT_TARGETS",
    "DATABASE_POOL_SIZE",
    "ENCRYPTION_KEYS",
    "ALLOW_PRIVATE_CALLBACKS",
    "CALLBACK_PORTS",
    "SECURITY_EVENT_MONTHS",
    "OTEL_TRACES_SAMPLER_ARG",
    "REVISION",
    "LOG_LEVEL",
  ]);
  expect(readWorkerEnv(forWorker)).toMatchObject({ DATABASE_URL: required.DATABASE_URL });
  expect(() => readWorkerEnv({})).toThrow(/^WORKER_DATABASE_URL is missing: .+by default DATABASE_URL\.$/m);
});

test("checkpoint key: 32 bytes, each once", () => {
  const read = (text: string) => readWorkerEnv({ ...forWorker, AUDIT_SIGNING_KEYS: text }).AUDIT_SIGNING_KEYS;
  const keys = [1, 2].map((byte) => Buffer.alloc(32, byte).toString("base64"));
  expect(read(keys.join(",")).map(({ verifierKey }) => verifierKey)).toEqual([
    expect.stringMatching(/^runflow-audit\+[0-9a-f]{8}\+A/),
    expect.stringMatching(/^runflow-audit\+[0-9a-f]{8}\+A/),
  ]);
  for (const wrong of ["AAAA", `${keys[0]},x`, `${keys[0]},${keys[0]}`, keys[0]!.replace("=", "")]) {
    expect(() => read(wrong)).toThrow("AUDIT_SIGNING_KEYS is not valid");
  }
  expect(() => read("")).toThrow(/^AUDIT_SIGNING_KEYS is missing: the keys that sign/m);
});

test("checkpoint targets: named without settings, each once; refuses anything else", () => {
  const read = (AUDIT_CHECKPOINT_TARGETS: string, AUDIT_FORWARD_SECRET = secret) =>
    readWorkerEnv({ ...forWorker, AUDIT_CHECKPOINT_TARGETS, AUDIT_FORWARD_SECRET }).AUDIT_CHECKPOINT_TARGETS;
  expect(read("")).toEqual([]);
  const all = [
    "file:///var/checkpoints/",
    "https://vault.example/in?token=secret",
    "s3://bucket/a/b?region=eu-central-1&lock=COMPLIANCE&retain_days=400",
    "s3://bucket?endpoint=http%3A%2F%2Fstore.example%3A9000",
  ];
  expect(read(all.join(", "))).toMatchObject([
    { kind: "file", name: "file:///var/checkpoints/" },
    { kind: "https", name: "https://vault.example/in", url: all[1] },
    {
      kind: "s3",
      name: "s3://bucket/a/b/",
      prefix: "a/b/",
      region: "eu-central-1",
      lock: { mode: "COMPLIANCE", retainDays: 400 },
    },
    { kind: "s3", name: "s3://bucket/ at store.example:9000", prefix: "", lock: undefined },
  ]);
  for (const wrong of [
    "/var/checkpoints/",
    "file:///var/checkpoints",
    "file://host/var/",
    "ftp://vault.example/",
    "https://user:password@vault.example/",
    "s3://bucket/?lock=COMPLIANCE",
    "s3://bucket/?retain_days=400",
    "s3://bucket/?lock=NONE&retain_days=400",
    "s3://bucket/?lock=COMPLIANCE&retain_days=0",
    "s3://bucket/?reg1on=eu",
    "s3://bucket/?region=a&region=b",
    "https://vault.example/in?a,https://vault.example/in?b",
  ]) {
    expect(() => read(wrong)).toThrow("AUDIT_CHECKPOINT_TARGETS is not valid");
  }
  expect(() => read(all[1]!, "")).toThrow("AUDIT_FORWARD_SECRET is missing");
  expect(read(all[0]!, "")).toHaveLength(1);
});

test("worker: prefers its own login over the web server's", () => {
  const WORKER_DATABASE_URL = "postgresql://worker:secret@localhost/console";
  expect(readWorkerEnv({ ...required, ...forWorker, WORKER_DATABASE_URL }).DATABASE_URL).toBe(
    WORKER_DATABASE_URL,
  );
  expect(readWorkerEnv({ ...required, ...forWorker, WORKER_DATABASE_URL: "" }).DATABASE_URL).toBe(
    required.DATABASE_URL,
  );
  expect(() => readWorkerEnv({ ...required, ...forWorker, WORKER_DATABASE_URL: "x" })).toThrow(
    "WORKER_DATABASE_URL is not valid",
  );
});

test("ticket pattern or URL that can't work: refused at start", () => {
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

test("passwords off: needs an identity provider and a break-glass admin", () => {
  const OIDC_PROVIDERS = JSON.stringify([
    {
      id: "okta",
      name: "Okta",
      issuer: "https://company.okta.example",
      client_id: "console",
      client_secret: "secret",
      access: [{ group: "admins", role: "admin", organizations: "all" }],
    },
  ]);
  const off = { ...required, PASSWORD_SIGN_IN: "off" };
  expect(problemsOf(off)).toEqual([
    expect.stringMatching(/^PASSWORD_SIGN_IN is not valid: off lets only /),
    expect.stringMatching(/^BREAK_GLASS_EMAILS is missing: the admins who keep a password /),
  ]);
  expect(problemsOf({ ...off, OIDC_PROVIDERS, BREAK_GLASS_EMAILS: "not an address" })).toHaveLength(1);
  const { BREAK_GLASS_EMAILS } = readEnv({
    ...off,
    OIDC_PROVIDERS,
    BREAK_GLASS_EMAILS: "A@x.example, b@x.example",
  });
  expect(BREAK_GLASS_EMAILS).toEqual(["a@x.example", "b@x.example"]);
});

test("forwarding: over https or on this machine, and signed", () => {
  const read = (AUDIT_FORWARD_URL: string, AUDIT_FORWARD_SECRET = secret) =>
    readWorkerEnv({ ...forWorker, AUDIT_FORWARD_URL, AUDIT_FORWARD_SECRET });
  for (const url of ["http://siem.example/", "http://localhost.example/", "ftp://siem.example/"]) {
    expect(() => read(url)).toThrow("AUDIT_FORWARD_URL is not valid");
  }
  expect(() => read("https://siem.example/", "")).toThrow("AUDIT_FORWARD_SECRET is missing");
  for (const url of ["https://siem.example/in", "http://127.0.0.1:9000/", "http://localhost/"]) {
    expect(read(url)).toMatchObject({ AUDIT_FORWARD_URL: url });
  }
});
