import { MOST_STUCK, type StuckCount } from "@/lib/contract/models";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";
import { countStuck } from "./select-stuck";

/** Counts the stuck runs in reach, up to a limit. */
export async function countStuckRuns(db: Db, reach: Reach): Promise<StuckCount> {
  const [row] = await db.$queryRaw<{ found: number }[]>(countStuck(reach, MOST_STUCK + 1));
  const found = row?.found ?? 0;
  return { count: Math.min(found, MOST_STUCK), has_more: found > MOST_STUCK };
}
