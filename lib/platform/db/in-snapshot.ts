import type { PrismaClient } from "@/generated/prisma/client";
import type { Db } from "./client";

/** Runs several reads in one snapshot, taken at the first query: later commits are invisible. */
export function inSnapshot<T>(client: PrismaClient, read: (tx: Db) => Promise<T>): Promise<T> {
  return client.$transaction(read, { isolationLevel: "RepeatableRead" });
}
