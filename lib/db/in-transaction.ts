import type { PrismaClient } from "@/generated/prisma/client";
import type { Db } from "./client";

/** Does the work in a transaction: the one that `db` is, or a new one. */
export function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  const isClient = "$transaction" in db && db.$transaction !== undefined;
  return isClient ? (db as unknown as PrismaClient).$transaction(work) : work(db);
}
