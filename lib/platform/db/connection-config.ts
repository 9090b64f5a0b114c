import type pg from "pg";

export type ConnectionOptions = {
  url: string;
  applicationName: string;
  /** 0 disables it for long work such as migrations, where only the network is monitored. */
  statementTimeoutMs: number;
  connectionTimeoutMs?: number;
  /** PostgreSQL settings for the session. */
  settings?: Record<string, string | number>;
};

/** The client gives up this much later than the server, when a response can no longer arrive. */
const SILENCE_MS = 5_000;

/**
 * Timeouts on both sides, so that neither waits for a frozen or vanished peer. The server also ends the
 * session of an unreachable client, which releases its locks.
 */
const SESSION = {
  tcp_keepalives_idle: 10,
  tcp_keepalives_interval: 5,
  tcp_keepalives_count: 3,
  tcp_user_timeout: 15_000,
  client_connection_check_interval: 5_000,
  idle_in_transaction_session_timeout: 15_000,
};

/** The options of every connection, for `TimedClient` and its pools. */
export function connectionConfig({
  url,
  applicationName,
  statementTimeoutMs,
  connectionTimeoutMs = 5_000,
  settings = {},
}: ConnectionOptions): pg.ClientConfig {
  return {
    connectionString: withSettings(url, { ...SESSION, ...settings }),
    connectionTimeoutMillis: connectionTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: applicationName,
    ...(statementTimeoutMs > 0 && {
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + SILENCE_MS,
    }),
  };
}

/** Set in the URL, because pg prefers the URL's `options` to separate ones. */
function withSettings(databaseUrl: string, settings: Record<string, string | number>): string {
  const url = new URL(databaseUrl);
  const given = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  url.searchParams.set("options", [url.searchParams.get("options") ?? "", ...given].join(" ").trim());
  return url.href;
}
