import type { Server } from "node:http";
import { Server as Listener } from "node:net";
import { setImmediate, setTimeout } from "node:timers/promises";

type Options = {
  /** How long requests in progress may take to end. */
  graceMs: number;
  /** How long idle connections stay; a proxy must give them up earlier. */
  idleMs: number;
  /** Called when new connections are refused. */
  onRefusing?: () => void;
};

/**
 * Graceful shutdown: accepts no new connections, answers the next request of each open one with
 * `Connection: close`, and cuts off the rest after `graceMs`. Resolves by then, even if a handed-over
 * connection can't be closed.
 */
export async function stopGracefully(server: Server, options: Options): Promise<void> {
  const { graceMs, idleMs, onRefusing } = options;
  const over = new AbortController();
  await waitForQuietTurn();
  // The close of node:http would also cut idle connections, over which a proxy may be sending a request.
  const closed = new Promise((resolve) => Listener.prototype.close.call(server, resolve));
  onRefusing?.();
  const startedAt = performance.now();
  const closeIdle = () => {
    if (performance.now() - startedAt >= idleMs) server.closeIdleConnections();
  };
  closeIdle();
  const checking = setInterval(closeIdle, 50);
  await Promise.race([closed, setTimeout(graceMs, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
  clearInterval(checking);
  server.closeAllConnections();
}

const QUIET_MS = 0.2;
const MAX_WAIT_MS = 500;

/**
 * Closing a listener resets the connections that the kernel has completed and Node hasn't accepted. Node
 * accepts all of them once a turn of its event loop, so there are hardly any after a short turn.
 */
async function waitForQuietTurn(): Promise<void> {
  const startedAt = performance.now();
  for (let last = startedAt; last - startedAt < MAX_WAIT_MS;) {
    await setImmediate();
    const now = performance.now();
    if (now - last < QUIET_MS) return;
    last = now;
  }
}
