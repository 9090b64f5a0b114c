import type { Server } from "node:http";
import { setTimeout } from "node:timers/promises";

/**
 * Graceful shutdown: accepts no new requests, lets current ones finish, and cuts off the rest after
 * `graceMs`. Resolves by then, even if a handed-over connection can't be closed.
 */
export async function stopGracefully(server: Server, graceMs: number): Promise<void> {
  const over = new AbortController();
  const closed = new Promise((resolve) => server.close(resolve));
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await Promise.race([closed, setTimeout(graceMs, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
  clearInterval(idle);
  server.closeAllConnections();
}
