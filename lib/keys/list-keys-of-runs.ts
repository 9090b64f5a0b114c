import type { Db } from "@/lib/platform/db/client";

/** @returns the ids of the keys that created these runs, by run */
export async function listKeysOfRuns(db: Db, ids: readonly string[]): Promise<Record<string, string>> {
  const runs = await db.run.findMany({
    where: { id: { in: [...ids] }, apiKeyId: { not: null } },
    select: { id: true, apiKeyId: true },
  });
  return Object.fromEntries(runs.flatMap(({ id, apiKeyId }) => (apiKeyId ? [[id, apiKeyId]] : [])));
}
