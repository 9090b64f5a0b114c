import type { Db } from "./client";

/**
 * A lock by name: one transaction at a time holds it, to its end. The web server and the worker have names of their own,
 * so that neither can hold up the other.
 * @param tx the transaction that holds it
 */
export async function holdLock(tx: Db, name: string): Promise<void> {
  await tx.$executeRaw`SELECT hold_lock(${name})`;
}
