import type { ProviderEventBody, ProviderEventReceipt } from "@/lib/contract/provider";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { isUniqueViolation } from "@/lib/platform/db/is-unique-violation";
import { invalid, Refusal } from "@/lib/platform/errors";
import { stringifyJson } from "@/lib/platform/json/json";
import type { EventOutcome } from "@/lib/states/run";

export type ApplyProviderEvent = {
  runId: string;
  event: ProviderEventBody;
  /** The signed body: JSON text that the ledger stores unchanged. */
  body: string;
};

type Receipt = { run_id: string; outcome: EventOutcome };

/**
 * Applies a provider's event and records it in the ledger with its outcome. A guarded UPDATE decides, as for
 * a cancellation: a run never moves back, never leaves a terminal state, and each event counts once. An event
 * that doesn't count is not an error.
 * @param db not a transaction that must survive a failed statement
 * @throws Refusal RUN_NOT_FOUND
 * @throws Refusal VALIDATION_ERROR for a cost that doesn't fit its column
 */
export async function applyProviderEvent(db: Db, command: ApplyProviderEvent): Promise<ProviderEventReceipt> {
  const runId = parseUuid(command.runId);
  if (runId === undefined) throw new Refusal("RUN_NOT_FOUND");
  refuseAbsurdCost(command.event.cost);
  const receipt = await record(db, { ...command, runId }).catch((error: unknown) => {
    // Meanwhile a copy of this event won the ledger's unique index; the second try sees it.
    if (isUniqueViolation(error)) return record(db, { ...command, runId });
    throw error;
  });
  if (!receipt) throw new Refusal("RUN_NOT_FOUND");
  return { event_id: command.event.event_id, ...receipt };
}

async function record(db: Db, command: ApplyProviderEvent): Promise<Receipt | undefined> {
  return (await advance(db, command)) ?? (await keepAsNotApplied(db, command));
}

/**
 * One statement writes the change and its ledger row: both or neither. The ledger's trigger books the charge,
 * even for a late event (prisma/migrations, `book_charge`).
 */
async function advance(db: Db, { runId, event, body }: ApplyProviderEvent): Promise<Receipt | undefined> {
  const isOver = event.status_code !== "dispatching" && event.status_code !== "running";
  const isSuccess = event.status_code === "succeeded" || event.status_code === "partial_succeeded";
  const isFailure = event.status_code === "failed" || event.status_code === "partial_succeeded";
  const failure = (text: string | null | undefined) => (isFailure ? (text ?? null) : null);
  const output = isSuccess && event.output ? stringifyJson(event.output) : null;
  const [receipt] = await db.$queryRaw<Receipt[]>`
    WITH event AS (
      SELECT ${event.status_code}::run_status AS status, ${toMoment(event.occurred_at)}::timestamptz AS occurred_at,
        ${event.cost ?? null}::numeric(14, 6) AS cost, date_trunc('milliseconds', clock_timestamp()) AS now
    ), r AS (
      UPDATE runs SET
        status_code = event.status,
        started_at = CASE WHEN event.status = 'running'
          THEN greatest(least(event.occurred_at, event.now), created_at) ELSE started_at END,
        completed_at = CASE WHEN ${isOver}
          THEN greatest(least(event.occurred_at, event.now), started_at, created_at) END,
        duration_ms = CASE WHEN ${isOver} THEN least(2147483647, round(extract(epoch FROM
          greatest(least(event.occurred_at, event.now), started_at, created_at) - created_at) * 1000)) END,
        output = ${output}::json,
        failure_code = ${failure(event.failure_code)},
        failure_message = ${failure(event.failure_message)},
        failure_stage_code = ${failure(event.failure_stage_code)}
      FROM event
      WHERE id = ${runId}::uuid AND NOT is_terminal(status_code) AND status_code < event.status
        AND NOT EXISTS (
          SELECT FROM provider_events e
          WHERE e.run_id = ${runId}::uuid AND e.event_id = ${event.event_id} AND e.outcome <> 'duplicate')
      RETURNING id
    )
    INSERT INTO provider_events (run_id, event_id, status_code, outcome, cost, body, occurred_at)
    SELECT r.id, ${event.event_id}, event.status::text, 'applied', event.cost, ${body}::json, event.occurred_at
    FROM r, event
    RETURNING run_id, outcome`;
  return receipt;
}

/**
 * Records an event that changed nothing. A separate statement, so that its snapshot includes the winner's
 * commit; anything since can only have moved the run further.
 */
async function keepAsNotApplied(
  db: Db,
  { runId, event, body }: ApplyProviderEvent,
): Promise<Receipt | undefined> {
  const [receipt] = await db.$queryRaw<Receipt[]>`
    INSERT INTO provider_events (run_id, event_id, status_code, outcome, cost, body, occurred_at)
    SELECT id, ${event.event_id}, ${event.status_code}, CASE
        WHEN EXISTS (
          SELECT FROM provider_events e
          WHERE e.run_id = ${runId}::uuid AND e.event_id = ${event.event_id} AND e.outcome <> 'duplicate')
          THEN 'duplicate'
        WHEN is_terminal(runs.status_code) THEN 'dropped_terminal'
        ELSE 'out_of_order'
      END, ${event.cost ?? null}::numeric(14, 6), ${body}::json, ${toMoment(event.occurred_at)}::timestamptz
    FROM runs WHERE id = ${runId}::uuid
    RETURNING run_id, outcome`;
  return receipt;
}

/** The column's limit. A higher cost is a provider's error that must surface. */
const COST_MAX = 99_999_999;

function refuseAbsurdCost(cost: string | null | undefined): void {
  if (cost && Number(cost) > COST_MAX) {
    throw invalid(["body", "cost"], "less_than_equal", `cost must be at most ${COST_MAX}.`);
  }
}

const EARLIEST = Date.UTC(1970);
const LATEST = Date.UTC(9999, 11, 31);

/** A time that both PostgreSQL and JavaScript can read; the ledger's body keeps the original. */
const toMoment = (text: string): Date => new Date(Math.min(Math.max(Date.parse(text), EARLIEST), LATEST));
