import type { Db } from "./client";

/**
 * An advisory lock by name: one transaction at a time holds it, to its end.
 * @param tx the transaction that holds it
 */
export async function holdLock(tx: Db, name: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
