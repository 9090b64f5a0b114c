import type { Db } from "./client";

/**
 * A named lock that one transaction at a time holds until it ends. The web server and the worker use
 * different names, so that neither can block the other.
 * @param tx the transaction that holds it
 */
export async function holdLock(tx: Db, name: string): Promise<void> {
  await tx.$executeRaw`SELECT hold_lock(${name})`;
}
