import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/db/client";
import type { EventOutcome, ProviderStatus } from "./run";

export type ProviderEventRecord = {
  event_id: string;
  status_code: ProviderStatus;
  outcome: EventOutcome;
  /** US dollars, as a decimal string. */
  cost: string | null;
  /** When the provider says it happened, and when we heard of it; they may lie far apart. */
  occurred_at: string;
  received_at: string;
};

type Row = Omit<ProviderEventRecord, "occurred_at" | "received_at"> & {
  occurred_at: Date;
  received_at: Date;
};

/** A timeline shows this many; a provider that repeats itself without end must not make the page endless. */
const MOST = 500;

/** @param runId of a run that the caller has been shown. @returns its ledger of provider events, as they came in */
export async function listProviderEvents(db: Db, runId: string): Promise<ProviderEventRecord[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT event_id, status_code, outcome, trim_scale(cost)::text AS cost, occurred_at, received_at
    FROM provider_events WHERE run_id = ${runId}::uuid ORDER BY received_at, id LIMIT ${MOST}`;
  return rows.map((row) => ({
    ...row,
    occurred_at: formatTimestamp(row.occurred_at),
    received_at: formatTimestamp(row.received_at),
  }));
}
