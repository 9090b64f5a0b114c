import type { Server } from "node:http";
import { setTimeout } from "node:timers/promises";

/**
 * Takes no new requests and lets those under way finish; what is still open after `graceMs` is cut off. It is over by
 * then, even with a connection that the server has handed to someone and so can't close.
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
