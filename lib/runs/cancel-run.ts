import type { RequestContext } from "@/lib/audit/audit-entry";
import { findTicket } from "@/lib/audit/ticket";
import type { Run } from "@/lib/contract/runs";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/db/client";
import { conflict, Refusal } from "@/lib/errors";
import type { Caller } from "@/lib/identity/caller";
import { CallerUnconfirmed, isConfirmed } from "@/lib/identity/remember-caller";
import { getRun } from "./get-run";
import { isTerminal } from "./run";
import { RUN_COLUMNS, type RunRow, toRun } from "./run-record";

export type CancelRun = { runId: string; reason: string | null; context: RequestContext };

/** `transitioned`: this call cancelled the run. `unchanged`: it had ended already, and nothing was written. */
export type Cancellation = { outcome: "transitioned" | "unchanged"; run: Run };

/**
 * Cancels a run: the transition, its audit entry and the queued side effects are one statement, so that all three are
 * there or none. Whether it may happen is decided in the UPDATE's WHERE and nowhere else; of any number of callers
 * and the provider, PostgreSQL's row lock lets one through.
 * @throws Refusal RUN_NOT_FOUND for a run that doesn't exist or is out of reach
 * @throws Refusal CONFLICT `self_action_forbidden` when the person who acts created the run and it has not ended
 */
export async function cancelRun(db: Db, caller: Caller, command: CancelRun): Promise<Cancellation> {
  const runId = parseUuid(command.runId);
  if (runId === undefined) throw new Refusal("RUN_NOT_FOUND");

  const [cancelled] = await transition(db, caller, { ...command, runId });
  if (cancelled) return { outcome: "transitioned", run: toRun(cancelled) };

  if (caller.rememberedVersion !== undefined) throw new CallerUnconfirmed();
  // Lost, late, forbidden or missing. A new statement sees what the winner committed; the first one's snapshot may not.
  const run = await getRun(db, caller.reach, runId);
  if (isTerminal(run.status_code)) return { outcome: "unchanged", run };
  if (run.created_by === caller.person.id) {
    throw conflict("self_action_forbidden", "You created this run, so a second person must cancel it.");
  }
  throw new Error(`run ${runId} has not ended, is in reach, and could not be cancelled`);
}

// The job's key is the entry's id, which is new: deduplication never happens, and `unsafe_dedupe` is the queue's
// cheapest way in, a third of the cost of the whole statement otherwise.
function transition(db: Db, caller: Caller, { runId, reason, context }: CancelRun): Promise<RunRow[]> {
  const { actor, person, reach } = caller;
  const orgIds = reach.all ? [] : [...reach.orgIds];
  return db.$queryRaw<RunRow[]>`
    WITH r AS (
      UPDATE runs SET
        status_code = 'canceled',
        completed_at = greatest(clock.now, created_at, started_at),
        duration_ms = least(2147483647, extract(epoch FROM greatest(clock.now, created_at, started_at) - created_at) * 1000)
      FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) clock
      WHERE id = ${runId}::uuid
        AND NOT is_terminal(status_code)
        AND created_by IS DISTINCT FROM ${person.id}::uuid
        AND ${isConfirmed(caller)}
        AND (${reach.all} OR org_id = ANY(${orgIds}::uuid[]))
      RETURNING runs.*, OLD.status_code AS status_before
    ), entry AS (
      INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role,
        actor_key_prefix, target_type, target_id, target_label, source, ip, user_agent, request_id, meta)
      SELECT r.org_id, 'run.cancelled', r.completed_at, ${actor.type}, ${actor.id}::uuid, ${actor.name}, ${actor.email},
        ${actor.role}, ${actor.keyPrefix}, 'run', r.id, r.model, ${context.source}, ${context.ip}, ${context.userAgent},
        ${context.requestId}, jsonb_build_object('reason', ${reason}::text, 'ticket', ${reason && findTicket(reason)}::text,
          'status_before', r.status_before, 'status_after', r.status_code)
      FROM r RETURNING id, target_id
    ), job AS (
      SELECT queued.id FROM entry, LATERAL graphile_worker.add_job('run_cancelled',
        json_build_object('audit_entry_id', entry.id, 'run_id', entry.target_id),
        job_key => entry.id::text, job_key_mode => 'unsafe_dedupe') queued
    )
    SELECT ${RUN_COLUMNS} FROM r, job`;
}
