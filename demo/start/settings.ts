import { pathToFileURL } from "node:url";
import type { DemoSecrets } from "./secrets";

type Facts = {
  host: string;
  port: number;
  baseUrl: string;
  databaseUrl: string;
  /** Of the simulator's mail server. */
  smtpPort: number;
  secrets: DemoSecrets;
};

/** Only for the worker, which signs checkpoints and copies them into a folder. */
export const settingsOfWorker = (facts: Facts, checkpointsFolder: string): NodeJS.ProcessEnv => ({
  ...settingsOfServers(facts),
  AUDIT_SIGNING_KEYS: facts.secrets.auditSigningKey,
  AUDIT_CHECKPOINT_TARGETS: `${pathToFileURL(checkpointsFolder).href.replaceAll(",", "%2C")}/`,
});

/** The web server's environment, and the worker's part of it. */
export function settingsOfServers({
  host,
  port,
  baseUrl,
  databaseUrl,
  smtpPort,
  secrets,
}: Facts): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    WORKER_DATABASE_URL: "",
    NEXTAUTH_SECRET: secrets.nextAuthSecret,
    NEXTAUTH_URL: baseUrl,
    CURSOR_SECRET: secrets.cursorSecret,
    PROVIDER_SECRETS: secrets.providerSecret,
    ENCRYPTION_KEYS: secrets.encryptionKey,
    SMTP_URL: `smtp://${host}:${smtpPort}`,
    MAIL_FROM: "console@runflow.example",
    HOST: host,
    PORT: String(port),
    NEXT_DIST_DIR: ".next",
    TRUSTED_PROXIES: "0",
    DRAIN_SECONDS: "0",
    APPROVAL_ABOVE_RUNS: "500",
    APPROVAL_FOR_ADMINS: "true",
    CONSOLE_ENVIRONMENT: process.env["CONSOLE_ENVIRONMENT"] || "demo",
    // Far above the default of 1,200, for scripts and load tests against the demo.
    RATE_LIMIT_PER_MINUTE: process.env["RATE_LIMIT_PER_MINUTE"] || "600000",
    REFUSALS_PER_MINUTE: process.env["REFUSALS_PER_MINUTE"] || "600000",
    // The customers' endpoint is on this machine, as the demo's output says.
    ALLOW_PRIVATE_CALLBACKS: "true",
  };
}

type Strangers = { receiverPort: number; customersFile: string };

/** The simulator's environment: it plays outsiders and knows us only over HTTP. */
export function settingsOfSimulator(
  facts: Facts,
  { receiverPort, customersFile }: Strangers,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    BASE_URL: facts.baseUrl,
    PROVIDER_SECRET: facts.secrets.providerSecret,
    CUSTOMERS_FILE: customersFile,
    RECEIVER_PORT: String(receiverPort),
    SMTP_PORT: String(facts.smtpPort),
  };
}
