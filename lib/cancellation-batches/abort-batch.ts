import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { BATCH_FIELDS, toBatch, toBatchActor } from "./batch-record";
import { chainOf, nameBatch } from "./batch-target";
import { lockBatch } from "./lock-batch";

type Actor = { caller: Pick<Caller, "actor" | "reach">; context: RequestContext };

/**
 * Stops a running batch after its current chunk, with an audit entry. Once this commits, it cancels nothing
 * more.
 * @throws Refusal CANCELLATION_BATCH_NOT_FOUND
 * @throws Refusal CONFLICT `batch_not_running`
 */
export function abortBatch(db: Db, { id, ...actor }: Actor & { id: string }): Promise<CancellationBatch> {
  return db.$transaction(async (tx) => {
    const batch = await lockBatch(tx, actor.caller.reach, id);
    if (batch.state !== "running")
      throw conflict("batch_not_running", "This batch is not running, so there is nothing to abort.");
    return end(tx, batch, actor);
  });
}

/**
 * Aborts the running batches of a person or a key that may no longer act.
 * @param starter the person, for everything that they or keys that they own or made started, or one key
 */
export async function abortBatchesOf(
  tx: Db,
  starter: { personId: string } | { keyId: string },
  actor: Actor,
): Promise<void> {
  const [fields, id] =
    "personId" in starter
      ? [["person_id", "actor_maker_id"], starter.personId]
      : [["actor_id"], starter.keyId];
  const rows = await tx.$queryRaw<{ id: string; now: Date }[]>`
    SELECT id, date_trunc('milliseconds', clock_timestamp()) AS now FROM cancellation_batches
    WHERE state = 'running' AND EXISTS (
      SELECT FROM unnest(${fields}::text[]) field WHERE command ->> field = ${id}) FOR NO KEY UPDATE`;
  for (const row of rows) await end(tx, row, actor);
}

/** @param batch locked and running */
async function end(
  tx: Db,
  { id, now }: { id: string; now: Date },
  { caller, context }: Actor,
): Promise<CancellationBatch> {
  const row = await tx.cancellationBatch.update({
    where: { id },
    data: { state: "aborted", abortedBy: toBatchActor(caller.actor), endedAt: now },
    omit: BATCH_FIELDS,
  });
  const { reason, ticket, orgIds, total } = row;
  const aborted = toBatch(row);
  await writeEntry(tx, {
    caller,
    context,
    orgId: chainOf(orgIds),
    action: "batch.aborted",
    target: { type: "batch", id, label: nameBatch(total) },
    meta: { reason, ticket, progress: aborted.progress },
  });
  return aborted;
}
