import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import type { EventOutcome, ProviderStatus } from "@/lib/states/run";

export type ProviderEventRecord = {
  event_id: string;
  status_code: ProviderStatus;
  outcome: EventOutcome;
  /** Decimal string in US dollars. */
  cost: string | null;
  /** When the provider says it happened, and when we received it; these may differ widely. */
  occurred_at: string;
  received_at: string;
};

/** Keeps the page short if a provider repeats itself endlessly. */
const MOST = 500;

/**
 * @param runId of a run that the caller may see
 * @returns the run's ledger of provider events, in order of receipt
 */
export async function listProviderEvents(db: Db, runId: string): Promise<ProviderEventRecord[]> {
  const rows = await db.providerEvent.findMany({
    where: { runId },
    omit: { body: true },
    orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
    take: MOST,
  });
  return rows.map((row) => ({
    event_id: row.eventId,
    status_code: row.statusCode as ProviderStatus,
    outcome: row.outcome as EventOutcome,
    cost: row.cost?.toFixed() ?? null,
    occurred_at: formatTimestamp(row.occurredAt),
    received_at: formatTimestamp(row.receivedAt),
  }));
}
