import type { Server } from "node:http";
import { setTimeout } from "node:timers/promises";

/**
 * Accepts no new requests and lets current ones finish; what is open after `graceMs` is cut off. It resolves
 * by then, even with a connection that was handed over and that the server can't close.
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
