import type { TaskQueue } from "@/lib/contract/service-state";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";

type Counts = Record<"waiting" | "scheduled" | "failed" | "locked", bigint>;
type Row = Counts & { task: string; oldest_due_at: Date | null; oldest_lock_at: Date | null };

/** The queue by task; tasks without jobs have zeros. */
export async function readQueues(db: Db): Promise<TaskQueue[]> {
  const rows = await db.$queryRaw<Row[]>`SELECT * FROM queue_tasks()`;
  return rows.map((row) => ({
    task: row.task,
    waiting: Number(row.waiting),
    oldest_due_at: row.oldest_due_at && formatTimestamp(row.oldest_due_at),
    scheduled: Number(row.scheduled),
    failed: Number(row.failed),
    locked: Number(row.locked),
    oldest_lock_at: row.oldest_lock_at && formatTimestamp(row.oldest_lock_at),
  }));
}
