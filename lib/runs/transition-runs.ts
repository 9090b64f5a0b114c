import { Prisma } from "@/generated/prisma/client";
import type { RequestContext } from "@/lib/audit/audit-entry";
import { findTicket } from "@/lib/audit/ticket";
import { ticketSettings } from "@/lib/audit/ticket-settings";
import type { Db } from "@/lib/db/client";
import type { Caller } from "@/lib/identity/caller";
import { RUN_COLUMNS, type RunRow } from "./run-record";

export type CancelCommand = { caller: Caller; runId: string; reason: string | null; context: RequestContext };

/**
 * Takes runs that may be cancelled to `canceled`: the transition, its audit entry and the queued side effects are one
 * statement, so that for every run all three are there or none. Whether it may happen is decided in the UPDATE's WHERE
 * and nowhere else; of any number of callers and the provider, PostgreSQL's row lock lets one through.
 * @param commands about different runs
 * @param onLocked a run that another transaction holds at this moment is waited for, or passed over as if not named
 * @returns the runs that were cancelled, by this statement
 */
export function transitionRuns(
  db: Db,
  commands: CancelCommand[],
  onLocked: "wait" | "skip",
): Promise<RunRow[]> {
  const mayTouch =
    onLocked === "wait"
      ? Prisma.sql`true`
      : Prisma.sql`runs.id IN (SELECT free.id FROM runs free JOIN command ON free.id = command.run_id
          WHERE NOT is_terminal(free.status_code) FOR NO KEY UPDATE OF free SKIP LOCKED)`;
  // One job for all of them: queueing one costs as much as everything else that a cancel writes. Its key is an entry's
  // id, which is new, so deduplication never happens; `unsafe_dedupe` is the queue's cheapest way in.
  return db.$queryRaw<RunRow[]>`
    WITH command AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(commands.map(toRecord))}::jsonb) AS c(
        run_id uuid, person_id uuid, org_ids uuid[], key_id uuid, key_version text, actor_type text, actor_id uuid,
        actor_name text, actor_email text, actor_role text, actor_key_prefix text, source text, ip text,
        user_agent text, by_request_id text, reason text, ticket text)
    ), key AS MATERIALIZED (
      SELECT id, key_version(id) AS version
      FROM (SELECT DISTINCT key_id AS id FROM command WHERE key_id IS NOT NULL) named
    ), r AS (
      UPDATE runs SET
        status_code = 'canceled',
        completed_at = greatest(clock.now, created_at, started_at),
        duration_ms = least(2147483647, extract(epoch FROM greatest(clock.now, created_at, started_at) - created_at) * 1000)
      FROM command c, (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) clock
      WHERE runs.id = c.run_id
        AND NOT is_terminal(runs.status_code)
        AND runs.created_by IS DISTINCT FROM c.person_id
        AND (c.org_ids IS NULL OR runs.org_id = ANY(c.org_ids))
        AND (c.key_id IS NULL OR (c.key_id, c.key_version) IN (SELECT id, version FROM key))
        AND ${mayTouch}
      RETURNING runs.*, OLD.status_code AS status_before, c.*
    ), entry AS (
      INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role,
        actor_key_prefix, target_type, target_id, target_label, source, ip, user_agent, request_id, meta)
      SELECT org_id, 'run.cancelled', completed_at, actor_type, actor_id, actor_name, actor_email, actor_role,
        actor_key_prefix, 'run', run_id, model, source, ip, user_agent, by_request_id, jsonb_build_object(
          'reason', reason, 'ticket', ticket, 'status_before', status_before, 'status_after', status_code)
      FROM r RETURNING id, target_id
    ), job AS (
      SELECT queued.id
      FROM (SELECT min(id::text) AS key, json_agg(json_build_object('audit_entry_id', id, 'run_id', target_id)) AS cancelled
        FROM entry HAVING count(*) > 0) effects,
        LATERAL graphile_worker.add_job('run_cancelled', json_build_object('cancelled', cancelled),
          job_key => key, job_key_mode => 'unsafe_dedupe') queued
    )
    SELECT ${RUN_COLUMNS} FROM r CROSS JOIN job`;
}

/** `org_ids` and `key_id` are null where there is nothing to check: every organization, a caller that was just read. */
function toRecord({ caller, runId, reason, context }: CancelCommand) {
  const { actor, person, reach, credentialId, rememberedVersion } = caller;
  return {
    run_id: runId,
    person_id: person.id,
    org_ids: reach.all ? null : reach.orgIds,
    key_id: rememberedVersion === undefined ? null : credentialId,
    key_version: rememberedVersion,
    actor_type: actor.type,
    actor_id: actor.id,
    actor_name: actor.name,
    actor_email: actor.email,
    actor_role: actor.role,
    actor_key_prefix: actor.keyPrefix,
    source: context.source,
    ip: context.ip,
    user_agent: context.userAgent,
    by_request_id: context.requestId,
    reason,
    ticket: reason && findTicket(reason, ticketSettings().pattern),
  };
}
