import type { Db } from "@/lib/platform/db/client";

export type KeyName = { id: string; name: string; prefix: string };

/**
 * @param runId of a run that the caller may see
 * @returns the key that created it, or null
 */
export async function findKeyOfRun(db: Db, runId: string): Promise<KeyName | null> {
  const run = await db.run.findUnique({
    where: { id: runId },
    select: { apiKey: { select: { id: true, name: true, prefix: true } } },
  });
  return run?.apiKey ?? null;
}
