import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { RequestedCheckpoint } from "@/lib/contract/audit-checkpoints";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";

type RequestCheckpoint = { caller: Caller; context: RequestContext };

/**
 * Asks the worker, which alone has the keys, for a checkpoint before the next full minute. Requests that
 * arrive meanwhile share it; each writes its own audit entry.
 * @returns the newest checkpoint so far; any with a higher number covers everything up to this request
 */
export function requestCheckpoint(
  db: Db,
  { caller, context }: RequestCheckpoint,
): Promise<RequestedCheckpoint> {
  return db.$transaction(async (tx) => {
    const newest = await tx.auditCheckpoint.findFirst({
      select: { number: true },
      orderBy: { number: "desc" },
    });
    const newest_number = newest && Number(newest.number);
    const target = { type: "audit", id: PLATFORM_ORG_ID, label: "audit trail" } as const;
    await writeEntry(tx, {
      caller,
      context,
      orgId: PLATFORM_ORG_ID,
      action: "audit.checkpoint_requested",
      target,
      meta: { newest_number },
    });
    // The job waits until this entry is sealed. A running job doesn't count: another one follows it.
    await tx.$executeRaw`
      SELECT graphile_worker.add_job('make_checkpoint', '{}'::json, job_key => 'make_checkpoint:requested',
        max_attempts => 3)`;
    return { newest_number };
  });
}
