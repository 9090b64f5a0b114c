import type pg from "pg";

export type ConnectionOptions = {
  url: string;
  applicationName: string;
  /** 0 for what takes its time, such as a migration: only the network is watched then. */
  statementTimeoutMs: number;
  connectionTimeoutMs?: number;
  /** Of PostgreSQL, for the session. */
  settings?: Record<string, string | number>;
};

/** How much later than the server the client gives a statement up: by then nobody is there. */
const SILENCE_MS = 5_000;

/**
 * Timeouts on both sides, so that neither waits for one that is frozen, cut off or gone. The server ends the session of
 * a client that it can't reach, and with it the session's locks.
 */
const SESSION = {
  tcp_keepalives_idle: 10,
  tcp_keepalives_interval: 5,
  tcp_keepalives_count: 3,
  tcp_user_timeout: 15_000,
  client_connection_check_interval: 5_000,
  idle_in_transaction_session_timeout: 15_000,
};

/** What every connection is configured with; `TimedClient` and its pools take it. */
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

/** In the address, because pg prefers the `options` there to those beside it. */
function withSettings(databaseUrl: string, settings: Record<string, string | number>): string {
  const url = new URL(databaseUrl);
  const given = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  url.searchParams.set("options", [url.searchParams.get("options") ?? "", ...given].join(" ").trim());
  return url.href;
}
