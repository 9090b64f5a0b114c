import { Prisma } from "@/generated/prisma/client";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { CancellationBatch, PlanBody } from "@/lib/contract/cancellation-batches";
import { type Db, UNPREPARED } from "@/lib/platform/db/client";
import { findDatabaseFault } from "@/lib/platform/db/is-unavailable";
import { invalid, Refusal } from "@/lib/platform/errors";
import { within } from "@/lib/platform/paging/select-slice";
import { compileFilter } from "@/lib/platform/query/compile-filter";
import { QueryProblem } from "@/lib/platform/query/query-problem";
import { parseQuery } from "@/lib/platform/query/parse-query";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { BATCH_MOST_RUNS, PLAN_HOURS } from "@/lib/states/cancellation-batch";
import { findTicket } from "@/lib/tickets/ticket";
import { ticketSettings } from "@/lib/tickets/ticket-settings";
import { BATCH_FIELDS, toBatch, toBatchActor } from "./batch-record";
import { chainOf, nameBatch } from "./batch-target";
import { describePlan } from "./describe-plan";

type PlanBatch = { caller: Caller; context: RequestContext; body: PlanBody };

/** A filter that takes longer is refused, so that planning never blocks a connection for long. */
const SLOWEST_MS = 8_000;
const MARK = Prisma.raw(UNPREPARED);

/**
 * Freezes the ids of many runs, with an audit entry. Changes none of them.
 * @throws Refusal VALIDATION_ERROR `plan_empty`, `too_many_runs` or `filter_too_slow`, and for a faulty `q`
 * @throws Refusal ORGANIZATION_MEMBERSHIP_REQUIRED for an `org_id` out of reach
 */
export async function planBatch(db: Db, { caller, context, body }: PlanBatch): Promise<CancellationBatch> {
  const { reason, org_id: orgId } = body;
  const reach = orgId ? narrow(caller, orgId) : caller.reach;
  const where = compile(body.q ?? "");
  return db.$transaction(async (tx) => {
    const { id } = await tx.cancellationBatch.create({
      data: {
        reason,
        ticket: findTicket(reason, ticketSettings().pattern),
        q: body.q ?? null,
        orgId: orgId ?? null,
        createdBy: toBatchActor(caller.actor),
        expiresAt: new Date(Date.now() + PLAN_HOURS * 3_600_000),
      },
      select: { id: true },
    });
    const total = body.run_ids
      ? await addRuns(tx, id, reach, body.run_ids)
      : await addMatches(tx, id, Prisma.sql`${within(reach)} AND ${where}`);
    if (total > BATCH_MOST_RUNS) throw tooMany();
    const { counts, summary } = await describePlan(tx, caller, id);
    const orgIds = await findOrganizations(tx, id);
    if (orgIds.length === 0) throw invalid(["body", body.run_ids ? "run_ids" : "q"], "plan_empty", EMPTY);
    const row = await tx.cancellationBatch.update({
      where: { id },
      data: { counts, summary, orgIds, total },
      omit: BATCH_FIELDS,
    });
    const target = { type: "batch", id, label: nameBatch(total) } as const;
    const meta = { reason, ticket: row.ticket, q: row.q, counts };
    await writeEntry(tx, { caller, context, orgId: chainOf(orgIds), action: "batch.created", target, meta });
    return toBatch(row, { counts, summary });
  });
}

/** @throws Refusal VALIDATION_ERROR at `q` of the body */
function compile(q: string): Prisma.Sql {
  try {
    const filter = parseQuery(q);
    return filter ? compileFilter(filter) : Prisma.sql`TRUE`;
  } catch (error) {
    if (error instanceof QueryProblem) throw invalid(["body", "q"], "query_syntax", error.sentence);
    throw error;
  }
}

const EMPTY = "No run in reach matches, so there is nothing to plan.";
const tooMany = () =>
  invalid(["body", "q"], "too_many_runs", "More than 100,000 runs match. Narrow the expression.");

function narrow({ reach }: Caller, orgId: string): Caller["reach"] {
  if (!reach.all && !reach.orgIds.includes(orgId)) throw new Refusal("ORGANIZATION_MEMBERSHIP_REQUIRED");
  return { all: false, orgIds: [orgId] };
}

const addRuns = (tx: Db, batchId: string, reach: Caller["reach"], runIds: string[]) => tx.$executeRaw`${MARK}
  INSERT INTO cancellation_items (batch_id, run_id, org_id)
  SELECT ${batchId}::uuid, named.id, r.org_id
  FROM unnest(${runIds}::uuid[]) named (id) LEFT JOIN runs r ON r.id = named.id AND ${within(reach)}`;

/** Adds one more than a plan may have, to find out. */
async function addMatches(tx: Db, batchId: string, where: Prisma.Sql): Promise<number> {
  await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(SLOWEST_MS)}, true)`;
  try {
    return await tx.$executeRaw`${MARK}
      INSERT INTO cancellation_items (batch_id, run_id, org_id)
      SELECT ${batchId}::uuid, r.id, r.org_id FROM runs r WHERE ${where} LIMIT ${BATCH_MOST_RUNS + 1}::int`;
  } catch (error) {
    if (findDatabaseFault(error) !== "slow") throw error;
    const msg = "This expression takes too long. Narrow it, for example to a customer, a model or a day.";
    throw invalid(["body", "q"], "filter_too_slow", msg);
  }
}

async function findOrganizations(tx: Db, batchId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ org_id: string }[]>`
    SELECT DISTINCT org_id FROM cancellation_items WHERE batch_id = ${batchId}::uuid AND org_id IS NOT NULL`;
  return rows.map(({ org_id }) => org_id);
}
