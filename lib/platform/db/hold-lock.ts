import type { Db } from "./client";

/**
 * Locks a name until the transaction ends. The web server and the worker use different names, so that neither
 * can block the other.
 * @param tx the transaction that holds the lock
 */
export async function holdLock(tx: Db, name: string): Promise<void> {
  await tx.$executeRaw`SELECT hold_lock(${name})`;
}
