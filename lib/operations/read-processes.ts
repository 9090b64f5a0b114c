import type { ServiceProcess } from "@/lib/contract/service-state";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";

/** Three heartbeats. */
const SILENT_MS = 30_000;

type Row = Omit<ServiceProcess, "started_at" | "seen_at"> & { started_at: Date; seen_at: Date };

/** The processes that run, and those that ended or froze without removing themselves. */
export async function readProcesses(db: Db): Promise<ServiceProcess[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT *, seen_at > clock_timestamp() - ${SILENT_MS}::int * interval '1 ms' AS is_alive
    FROM processes ORDER BY kind, started_at, id`;
  return rows.map(({ started_at, seen_at, ...row }) => ({
    ...row,
    started_at: formatTimestamp(started_at),
    seen_at: formatTimestamp(seen_at),
  }));
}
