import type { StuckRun, StuckRuns, StuckRunsQuery } from "@/lib/contract/models";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";
import { selectStuck } from "./select-stuck";

type StuckRow = Omit<StuckRun, "created_at"> & { created_at: Date };

/** Finds the stuck runs in reach (not ended, and past their model's threshold), highest ratio first. */
export async function findStuckRuns(
  db: Db,
  reach: Reach,
  { model, limit }: StuckRunsQuery,
): Promise<StuckRuns> {
  const rows = await db.$queryRaw<StuckRow[]>(selectStuck(reach, { model, limit: limit + 1 }));
  const items = rows.slice(0, limit).map((row) => ({ ...row, created_at: formatTimestamp(row.created_at) }));
  return { items, has_more: rows.length > limit };
}
