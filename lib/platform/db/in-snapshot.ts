import type { PrismaClient } from "@/generated/prisma/client";
import type { Db } from "./client";

/** Reads several things as of one moment, that of the first query: what is committed meanwhile is not seen. */
export function inSnapshot<T>(client: PrismaClient, read: (tx: Db) => Promise<T>): Promise<T> {
  return client.$transaction(read, { isolationLevel: "RepeatableRead" });
}
