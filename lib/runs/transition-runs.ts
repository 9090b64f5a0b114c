import { Prisma } from "@/generated/prisma/client";
import type { UsedApproval } from "@/lib/approvals/take-approval";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { findTicket } from "@/lib/tickets/ticket";
import { ticketSettings } from "@/lib/tickets/ticket-settings";
import { isOwnRun } from "./is-own-run";
import { RUN_COLUMNS, type RunRow } from "./run-record";

type CancelCommand = { caller: Caller; reason: string | null; context: RequestContext };

/** Who cancels, why and from where, as the statement takes it. */
export type CommandRecord = ReturnType<typeof toCommandRecord> & {
  /** The bulk cancellation that it is part of. */
  cancellation_batch_id?: string;
  /** The approval that it uses, which a run of a protected customer needs. */
  approval?: UsedApproval;
};

/** The columns of a canceled run that the statement reads, and those that it returns. */
type Shape = { kept: Prisma.Sql; returned: Prisma.Sql };
const WHOLE_RUN: Shape = { kept: Prisma.raw("runs.*"), returned: RUN_COLUMNS };

export type Transition = { run_id: string; entry_id: string; completed_at: Date };
/** For the worker, who may not read what customers sent and got. */
export const TRANSITION: Shape = {
  kept: Prisma.raw("runs.id, runs.org_id, runs.model, runs.status_code, runs.completed_at"),
  returned: Prisma.raw("r.run_id, entry.id AS entry_id, r.completed_at"),
};

/** How long to wait for a run that someone else is changing. */
const LOCK_TIMEOUT_MS = 3_000;

/**
 * Cancels the runs that may be canceled, each with its audit entry, in one guarded statement: every run gets
 * both or neither. Only the `WHERE` decides; among all callers and the provider, PostgreSQL's row lock lets
 * one win. Triggers in the same transaction queue the deliveries and the sealing of the entry. The statement
 * sets its own `lock_timeout`, which saves a round trip and lasts until the transaction ends. Its `LIMIT`
 * tells the planner how many runs there are; from JSON alone it expects 10,000, and reads the whole table.
 * @param commands about different runs
 * @returns the runs that this statement canceled
 */
export function transitionRuns<Row = RunRow>(
  db: Db,
  commands: (CommandRecord & { run_ids: readonly string[] })[],
  { kept, returned }: Shape = WHOLE_RUN,
): Promise<Row[]> {
  const count = commands.reduce((sum, { run_ids }) => sum + run_ids.length, 0);
  // Part of the text and in few sizes, so that PostgreSQL keeps a plan for each.
  const most = Prisma.raw(String(10 ** Math.ceil(Math.log10(count))));
  return db.$queryRaw<Row[]>`
    WITH command AS MATERIALIZED (
      SELECT run_id::uuid, c.* FROM jsonb_array_elements(${JSON.stringify(commands)}::jsonb) one,
        jsonb_to_record(one) AS c(
          person_id uuid, org_ids uuid[], actor_type text, actor_id uuid, actor_name text, actor_email text,
          actor_role text, actor_key_prefix text, actor_owner_id uuid, actor_owner_name text, actor_owner_role text,
          actor_maker_id uuid, actor_maker_name text, actor_maker_email text,
          source text, ip text, user_agent text, by_request_id text, reason text, ticket text, cancellation_batch_id uuid,
          approval jsonb),
        jsonb_array_elements_text(one -> 'run_ids') run_id
      LIMIT ${most}
    ), r AS (
      UPDATE runs SET
        status_code = 'canceled',
        completed_at = greatest(clock.now, created_at, started_at),
        duration_ms = least(2147483647, extract(epoch FROM greatest(clock.now, created_at, started_at) - created_at) * 1000)
      FROM command c, (
        SELECT date_trunc('milliseconds', clock_timestamp()) AS now,
          set_config('lock_timeout', ${String(LOCK_TIMEOUT_MS)}, true) AS lock_timeout
      ) clock
      WHERE runs.id = c.run_id AND clock.lock_timeout IS NOT NULL
        AND NOT is_terminal(runs.status_code)
        AND NOT ${isOwnRun({ run: "runs", person: Prisma.raw("c.person_id"), maker: Prisma.raw("c.actor_maker_id") })}
        AND (c.org_ids IS NULL OR runs.org_id = ANY(c.org_ids))
        AND (c.approval IS NOT NULL OR c.cancellation_batch_id IS NOT NULL
          OR NOT (SELECT is_protected FROM organizations o WHERE o.id = runs.org_id))
      RETURNING ${kept}, OLD.status_code AS status_before, c.*
    ), entry AS (
      INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role,
        actor_key_prefix, actor_owner_id, actor_owner_name, actor_owner_role, actor_maker_id, actor_maker_name,
        actor_maker_email, target_type, target_id, target_label, source, ip, user_agent, request_id, meta)
      SELECT org_id, 'run.cancelled', completed_at, actor_type, actor_id, actor_name, actor_email, actor_role,
        actor_key_prefix, actor_owner_id, actor_owner_name, actor_owner_role, actor_maker_id, actor_maker_name,
        actor_maker_email, 'run', run_id, model, source, ip, user_agent, by_request_id, jsonb_build_object(
          'reason', reason, 'ticket', ticket, 'status_before', status_before, 'status_after', status_code)
          || CASE WHEN cancellation_batch_id IS NULL THEN '{}' ELSE jsonb_build_object('batch_id', cancellation_batch_id) END
          || CASE WHEN approval IS NULL THEN '{}' ELSE jsonb_build_object('approval', approval) END
      FROM r RETURNING id, target_id
    )
    SELECT ${returned} FROM r JOIN entry ON entry.target_id = r.id`;
}

/** `org_ids` is null for a caller who reaches every organization. */
export function toCommandRecord({ caller, reason, context }: CancelCommand) {
  const { actor, person, reach } = caller;
  return {
    person_id: person.id,
    org_ids: reach.all ? null : reach.orgIds,
    actor_type: actor.type,
    actor_id: actor.id,
    actor_name: actor.name,
    actor_email: actor.email,
    actor_role: actor.role,
    actor_key_prefix: actor.keyPrefix,
    actor_owner_id: actor.owner?.id,
    actor_owner_name: actor.owner?.name,
    actor_owner_role: actor.owner?.role,
    actor_maker_id: actor.maker?.id,
    actor_maker_name: actor.maker?.name,
    actor_maker_email: actor.maker?.email,
    source: context.source,
    ip: context.ip,
    user_agent: context.userAgent,
    by_request_id: context.requestId,
    reason,
    ticket: reason && findTicket(reason, ticketSettings().pattern),
  };
}
