import type { Prisma } from "@/generated/prisma/client";
import { type BatchCounts, type BatchSummary, CancellationBatch } from "@/lib/contract/cancellation-batches";
import { formatTimestamp } from "@/lib/contract/values";
import type { CancellationBatch as BatchRow } from "@/generated/prisma/client";
import type { ActorSnapshot } from "@/lib/states/audit-entry";
import type { BatchState } from "@/lib/states/cancellation-batch";

export const PATH = "/v1/admin/cancellation-batches";

/** The columns for the API: everything but `command`, which workers read. */
export const BATCH_FIELDS = { command: true } as const;
export type BatchRecord = Omit<BatchRow, "command">;

/** Who acted, as a batch keeps it. */
export const toBatchActor = ({ type, id, name, email, keyPrefix }: ActorSnapshot) =>
  ({ type, id, name, email, key_prefix: keyPrefix }) satisfies Prisma.InputJsonObject;

export const isExpired = ({ state, expiresAt }: Pick<BatchRecord, "state" | "expiresAt">): boolean =>
  state === "planned" && expiresAt.getTime() <= Date.now();

/** The number of runs with an outcome. */
export const settledOf = (row: BatchRecord): number =>
  row.canceled + row.unchanged + row.notFound + row.refused + row.failed;

/** The number of runs that a retry attempts. */
export const failedOf = (row: BatchRecord): number => row.notFound + row.refused + row.failed;

/**
 * Converts a row to the contract's batch.
 * @param current counts and summary for this caller, before the start; later the stored ones apply
 */
export function toBatch(
  row: BatchRecord,
  current?: { counts: BatchCounts; summary: BatchSummary },
): CancellationBatch {
  const state: BatchState = isExpired(row) ? "expired" : (row.state as BatchState);
  return CancellationBatch.parse({
    id: row.id,
    state,
    reason: row.reason,
    ticket: row.ticket,
    q: row.q,
    org_id: row.orgId,
    org_ids: row.orgIds,
    created_at: formatTimestamp(row.createdAt),
    created_by: row.createdBy,
    expires_at: formatTimestamp(row.expiresAt),
    started_at: row.startedAt && formatTimestamp(row.startedAt),
    started_by: row.startedBy,
    ended_at: row.endedAt && formatTimestamp(row.endedAt),
    aborted_by: row.abortedBy,
    runs_per_second_limit: row.rateLimit,
    counts: current?.counts ?? row.counts,
    summary: current?.summary ?? row.summary,
    progress: measure(row),
    links: { self: `${PATH}/${row.id}` },
  });
}

function measure(row: BatchRecord): CancellationBatch["progress"] {
  const settled = settledOf(row);
  const remaining = row.total - settled;
  const seconds = row.startedAt && ((row.endedAt ?? new Date()).getTime() - row.startedAt.getTime()) / 1000;
  const rate = seconds && seconds > 0 ? (settled - row.settledBefore) / seconds : null;
  return {
    canceled: row.canceled,
    unchanged: row.unchanged,
    not_found: row.notFound,
    refused: row.refused,
    failed: row.failed,
    remaining,
    runs_per_second: rate && Math.round(rate * 10) / 10,
    seconds_left: row.state === "running" && rate ? Math.ceil(remaining / rate) : null,
  };
}
