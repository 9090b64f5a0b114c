import { z } from "zod";
import { ApprovalAboveRuns, ApprovalForAdmins } from "@/lib/approvals/approval-policy";
import { SigningKeys } from "@/lib/audit/signing/signing-keys";
import { TicketPattern, TicketUrl } from "@/lib/tickets/ticket-settings";
import { CheckpointTargets } from "./checkpoint-targets";
import { OidcProviders } from "./oidc-providers";
import { listSecrets } from "./secrets";

const flag = z.enum(["true", "false"]).transform((text) => text === "true");

/** Secrets that can be rotated; `listSecrets` reads them. */
const secrets = z.string().refine((text) => listSecrets(text).every((secret) => secret.length >= 32));

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)[:/]/;

/**
 * An origin without a path: the console runs at the root, and the scheme decides whether cookies are secure.
 */
const BARE_ORIGIN = /^https?:\/\/[^/?#@]+\/?$/;

/** Each variable with its purpose, shown when it is missing or wrong. */
const SCHEMA = {
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe("the PostgreSQL database, as a login that is a member of console_web"),
  NEXTAUTH_SECRET: secrets.describe(
    "the secret that encrypts session cookies, 32 characters or more; while it is rotated several, separated by commas, the newest first",
  ),
  NEXTAUTH_URL: z
    .url()
    .refine((text) => BARE_ORIGIN.test(text))
    .describe("the URL of the console, such as https://console.example.com"),
  OIDC_PROVIDERS: OidcProviders.describe(
    "the identity providers that people sign in with, a JSON list; docs/single-sign-on.md describes it",
  ),
  PASSWORD_SIGN_IN: z
    .enum(["on", "off"])
    .default("on")
    .describe("off lets only BREAK_GLASS_EMAILS sign in with a password; requires OIDC_PROVIDERS"),
  BREAK_GLASS_EMAILS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((email) => email.trim().toLowerCase() || []))
    .pipe(z.array(z.email()))
    .describe(
      "the admins who keep a password when PASSWORD_SIGN_IN is off, separated by commas; at least one then",
    ),
  SECOND_FACTOR: z
    .enum(["optional", "required"])
    .default("optional")
    .describe("required lets people with a password do nothing before they have set up a second factor"),
  SSO_CHECK_MINUTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(60)
    .default(15)
    .describe("how often, in minutes, an identity provider is asked for its people's groups again, 1 to 60"),
  SSO_GRACE_MINUTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(720)
    .default(60)
    .describe("the minutes since the last answer after which sessions of an identity provider end, 1 to 720"),
  CURSOR_SECRET: secrets.describe(
    "the secret that seals page cursors, 32 characters or more; while it is rotated several, separated by commas, the newest first",
  ),
  PROVIDER_SECRETS: z
    .string()
    .transform((text) => text.split(",").filter(Boolean))
    .pipe(z.array(z.string().min(32)).min(1))
    .describe("the secrets that sign the provider's events, the newest first, separated by commas"),
  PROVIDER_SIGNATURE_VERSIONS: z
    .string()
    .default("v1,v2")
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(["v1", "v2"])).refine((versions) => versions.includes("v2")))
    .describe("the provider signatures that are accepted: v2, or v1,v2 while the provider changes over"),
  ENCRYPTION_KEYS: z
    .string()
    .transform((text) => text.split(",").filter(Boolean))
    .pipe(z.array(z.base64().refine((key) => Buffer.from(key, "base64").length === 32)).min(1))
    .describe(
      "the keys that encrypt callback and authenticator secrets: 32 random bytes each, in base64, the newest first, separated by commas",
    ),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3000)
    .describe("the port that the web server listens on"),
  HOST: z
    .string()
    .default("127.0.0.1")
    .describe("the address that the web server, and the worker's WORKER_PORT, listen on"),
  DRAIN_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(300)
    .default(5)
    .describe("how long a stopping web server still accepts requests, in seconds, 0 to 300"),
  DATABASE_POOL_SIZE: z.coerce
    .number()
    .int()
    .min(1)
    .default(10)
    .describe(
      "database connections per process, besides four for lists and two for rate limits in the web server and three for deliveries in the worker",
    ),
  RATE_LIMIT_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .default(1200)
    .describe("requests per minute of a person, over all their sessions, or of a key"),
  REFUSALS_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .default(600)
    .describe("requests without a valid credential, per minute and client address"),
  SESSION_HOURS: z.coerce
    .number()
    .int()
    .min(1)
    .max(12)
    .default(12)
    .describe("the hours after which a session ends, however it is used, 1 to 12"),
  SESSION_IDLE_MINUTES: z.coerce
    .number()
    .int()
    .min(5)
    .max(720)
    .default(60)
    .describe("the minutes without use after which a session ends, 5 to 720"),
  STEP_UP_MINUTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(720)
    .default(10)
    .describe(
      "the minutes after a sign-in before keys, people and payloads need the password again, 1 to 720",
    ),
  APPROVAL_ABOVE_RUNS: ApprovalAboveRuns.describe(
    "the runs above which a bulk cancellation needs a second person; unset for no limit",
  ),
  APPROVAL_FOR_ADMINS: ApprovalForAdmins.describe(
    "whether making someone an admin needs a second person: true or false",
  ),
  STREAM_HEARTBEAT_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .default(5)
    .describe("how often, in seconds, an open stream sends a heartbeat and checks its credential again"),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe(
      "the number of reverse proxies in front; their X-Forwarded-For entries are trusted, or Forwarded if only that is sent",
    ),
  ALLOW_PRIVATE_CALLBACKS: flag
    .default(false)
    .describe("true lets callback_url be http or point into a private network, for development only"),
  CALLBACK_PORTS: z
    .string()
    .default("443")
    .transform((text) => text.split(",").map(Number))
    .pipe(z.array(z.int().min(1).max(65_535)).min(1))
    .describe("the ports that callback_url and webhooks may name, separated by commas"),
  TICKET_PATTERN: TicketPattern.describe(
    "a regular expression that finds a ticket in a reason, tried before the usual spellings",
  ),
  TICKET_URL: TicketUrl.describe("the URL of a ticket, such as https://desk.example.com/tickets/{ticket}"),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe(
      "the mail server that sends invitations, such as smtps://user:password@mail.example.com; without it, links are shown to the admin",
    ),
  MAIL_FROM: z.email().optional().describe("the address that email comes from; required with SMTP_URL"),
  CONSOLE_ENVIRONMENT: z
    .string()
    .trim()
    .max(20)
    .optional()
    .describe("the name of this environment, such as staging, shown next to the brand; empty in production"),
  AUDIT_FORWARD_URL: z
    .url({ protocol: /^https?$/ })
    .refine((text) => text.startsWith("https:") || LOOPBACK.test(text))
    .optional()
    .describe("an https URL to which the worker forwards every audit entry, such as a SIEM's collector"),
  AUDIT_FORWARD_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe(
      "the secret that signs forwarded entries and copied checkpoints, 32 characters or more; required with AUDIT_FORWARD_URL, and for https addresses in AUDIT_CHECKPOINT_TARGETS",
    ),
  SECURITY_EVENT_MONTHS: z.coerce
    .number()
    .int()
    .min(3)
    .default(13)
    .describe("how many whole months to keep refused and failed attempts, 3 or more"),
  METRICS_TOKEN: z
    .string()
    .min(32)
    .optional()
    .describe("the token that GET /metrics needs, 32 characters or more; without it, there are no metrics"),
  REVISION: z
    .string()
    .regex(/^[\w.+-]{0,64}$/)
    .default("")
    .describe("the commit that the build was made from, shown with the version; up to 64 characters"),
  RETAIN_RUNS_DAYS: z.coerce
    .number()
    .int()
    .min(30)
    .max(36_500)
    .optional()
    .describe("after how many days ended runs are deleted, 30 or more; unset to keep them"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("where to send OpenTelemetry traces, such as http://localhost:4318; off while empty"),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe("the share of traces to keep, 0 to 1"),
  PUBLIC_REFERENCE: flag
    .default(false)
    .describe("true shows the API reference, /reference, without signing in"),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"])
    .default("info")
    .describe("the log level"),
};

type MailSettings = { SMTP_URL?: string | undefined; MAIL_FROM?: string | undefined };
const hasSender = ({ SMTP_URL, MAIL_FROM }: MailSettings) => !SMTP_URL || MAIL_FROM !== undefined;
const NO_SENDER = { path: ["MAIL_FROM"] };

/** Nobody may be locked out by a provider that fails. */
const Env = z
  .object(SCHEMA)
  .refine(hasSender, NO_SENDER)
  .refine(({ PASSWORD_SIGN_IN, OIDC_PROVIDERS }) => PASSWORD_SIGN_IN === "on" || OIDC_PROVIDERS.length > 0, {
    path: ["PASSWORD_SIGN_IN"],
  })
  .refine(
    ({ PASSWORD_SIGN_IN, BREAK_GLASS_EMAILS }) => PASSWORD_SIGN_IN === "on" || BREAK_GLASS_EMAILS.length > 0,
    { path: ["BREAK_GLASS_EMAILS"] },
  );
export type Env = z.infer<typeof Env>;

const WORKER_SCHEMA = {
  WORKER_DATABASE_URL: SCHEMA.DATABASE_URL.describe(
    "the same database for the worker, as a login that is a member of console_worker; by default DATABASE_URL",
  ),
  WORKER_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe(
      "the port on which the worker answers GET /health and GET /metrics; without it, the worker listens on none",
    ),
  AUDIT_SIGNING_KEYS: SigningKeys.describe(
    "the keys that sign checkpoints of the audit trail: 32 random bytes each, in base64, the newest first, separated by commas",
  ),
  AUDIT_CHECKPOINT_TARGETS: CheckpointTargets.describe(
    "where to copy checkpoints, separated by commas: file:///directory/, https://host/path or s3://bucket/prefix?region=…",
  ),
};

export const VARIABLES = Object.keys({ ...SCHEMA, ...WORKER_SCHEMA });

/** The worker needs only these, because no one signs in to it. */
const WorkerEnv = z
  .object({ ...SCHEMA, ...WORKER_SCHEMA })
  .pick({
    WORKER_DATABASE_URL: true,
    WORKER_PORT: true,
    HOST: true,
    AUDIT_FORWARD_URL: true,
    AUDIT_FORWARD_SECRET: true,
    AUDIT_SIGNING_KEYS: true,
    AUDIT_CHECKPOINT_TARGETS: true,
    DATABASE_POOL_SIZE: true,
    ENCRYPTION_KEYS: true,
    ALLOW_PRIVATE_CALLBACKS: true,
    CALLBACK_PORTS: true,
    SECURITY_EVENT_MONTHS: true,
    RETAIN_RUNS_DAYS: true,
    OTEL_EXPORTER_OTLP_ENDPOINT: true,
    OTEL_TRACES_SAMPLER_ARG: true,
    SMTP_URL: true,
    MAIL_FROM: true,
    METRICS_TOKEN: true,
    REVISION: true,
    LOG_LEVEL: true,
  })
  .refine(hasSender, NO_SENDER)
  .refine(
    ({ AUDIT_FORWARD_URL, AUDIT_CHECKPOINT_TARGETS, AUDIT_FORWARD_SECRET }) =>
      AUDIT_FORWARD_SECRET ||
      !(AUDIT_FORWARD_URL || AUDIT_CHECKPOINT_TARGETS.some(({ kind }) => kind === "https")),
    { path: ["AUDIT_FORWARD_SECRET"] },
  );
export type WorkerEnv = Omit<z.infer<typeof WorkerEnv>, "WORKER_DATABASE_URL"> & { DATABASE_URL: string };

type Source = Record<string, string | undefined>;

/** @throws EnvironmentError with one line for each missing or wrong variable; values are never shown. */
export const readEnv = (source: Source = process.env): Env => read(Env, source);

/**
 * Both processes can share one file of variables; here DATABASE_URL is the worker's.
 * @throws EnvironmentError, as `readEnv`
 */
export function readWorkerEnv(source: Source = process.env): WorkerEnv {
  const own = source["WORKER_DATABASE_URL"] || source["DATABASE_URL"];
  const { WORKER_DATABASE_URL, ...rest } = read(WorkerEnv, { ...source, WORKER_DATABASE_URL: own });
  return { DATABASE_URL: WORKER_DATABASE_URL, ...rest };
}

/** For a command that needs nothing else. */
export const readEncryptionKeys = (source: Source = process.env): string[] =>
  read(z.object(SCHEMA).pick({ ENCRYPTION_KEYS: true }), source).ENCRYPTION_KEYS;

function read<S extends z.ZodType>(schema: S, source: Source): z.output<S> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
  throw new EnvironmentError(
    names.map((name) => {
      const { description: purpose } = { ...SCHEMA, ...WORKER_SCHEMA }[name as keyof typeof SCHEMA];
      return `${name} is ${given[name] === undefined ? "missing" : "not valid"}: ${purpose}.`;
    }),
  );
}

export class EnvironmentError extends Error {
  override name = "EnvironmentError";

  constructor(readonly problems: string[]) {
    super(problems.join("\n"));
  }
}

let current: Env | undefined;

/** The process's environment, parsed once. */
export const env = (): Env => (current ??= readEnv());
