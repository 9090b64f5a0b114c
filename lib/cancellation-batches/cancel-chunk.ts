import { Prisma, type PrismaClient } from "@/generated/prisma/client";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Db } from "@/lib/platform/db/client";
import { countCancels } from "@/lib/platform/metrics/count";
import { isOwnRun } from "@/lib/runs/is-own-run";
import { type CommandRecord, TRANSITION, type Transition, transitionRuns } from "@/lib/runs/transition-runs";
import type { ActorSnapshot } from "@/lib/states/audit-entry";
import { chainOf, nameBatch } from "./batch-target";

type Running = { command: CommandRecord; rate_limit: number | null };

/** `settled`: how many runs got their outcome. `left`: how many are held by other requests. */
export type Chunk = { isOver: boolean; settled: number; left: number; rateLimit: number | null };

/** With a limit, this many chunks per second, so that an abort and a new limit take effect at once. */
const PACE = 4;

const OVER: Chunk = { isOver: true, settled: 0, left: 0, rateLimit: null };

/**
 * Settles the next runs of a running batch in one transaction: transitions, entries, outcomes and progress.
 * A crash loses all or nothing of it, so nothing is done twice. The batch stays locked meanwhile, so an abort
 * that has committed stops the next chunk.
 * @param most runs; fewer with a limit on the speed
 * @param isPatient false to give up on runs that other requests hold
 */
export async function cancelChunk(
  db: PrismaClient,
  id: string,
  most: number,
  isPatient: boolean,
): Promise<Chunk> {
  const { outcomes, ...chunk } = await settleNext(db, id, most, isPatient);
  // After the commit: a chunk that rolled back canceled nothing.
  if (outcomes) {
    countCancels("canceled", outcomes.canceled);
    countCancels("unchanged", outcomes.unchanged);
    countCancels("refused", outcomes.not_found);
    countCancels("conflict", outcomes.refused);
  }
  return chunk;
}

function settleNext(
  db: PrismaClient,
  id: string,
  most: number,
  isPatient: boolean,
): Promise<Chunk & { outcomes?: Outcomes }> {
  return db.$transaction(async (tx) => {
    const [batch] = await tx.$queryRaw<Running[]>`
      SELECT command, rate_limit FROM cancellation_batches WHERE id = ${id}::uuid AND state = 'running' FOR NO KEY UPDATE`;
    if (!batch) return OVER;
    const rateLimit = batch.rate_limit;
    const size = rateLimit ? Math.max(1, Math.floor(rateLimit / PACE)) : most;
    const items = await lockNext(tx, id, Math.min(size, most));
    if (items.length === 0) {
      await complete(tx, id, batch.command);
      return OVER;
    }
    const run_ids = items.filter(({ is_locked }) => is_locked).map(({ run_id }) => run_id);
    const canceled =
      run_ids.length > 0
        ? await transitionRuns<Transition>(tx, [{ ...batch.command, run_ids }], TRANSITION)
        : [];
    // Runs out of the plan's reach have no organization; nobody holds them.
    const settling = items.filter(({ is_locked, org_id }) => is_locked || org_id === null || !isPatient);
    const outcomes = await settle(
      tx,
      id,
      batch.command,
      settling.map(({ run_id }) => run_id),
      canceled,
    );
    const { settled } = outcomes;
    return { isOver: false, settled, left: items.length - settled, rateLimit, outcomes };
  });
}

type Outcomes = Record<"settled" | "canceled" | "unchanged" | "not_found" | "refused", number>;
type Item = { run_id: string; org_id: string | null; is_locked: boolean };

/**
 * Reads the next runs without an outcome, and locks those that no one else holds. Waiting for the others
 * could deadlock two batches.
 */
const lockNext = (tx: Db, id: string, size: number) => tx.$queryRaw<Item[]>`
  WITH next AS MATERIALIZED (
    SELECT run_id, org_id FROM cancellation_items
    WHERE batch_id = ${id}::uuid AND outcome IS NULL AND NOT is_excluded ORDER BY run_id LIMIT ${size}::int
  ), locked AS MATERIALIZED (
    SELECT id FROM runs WHERE id = ANY(ARRAY(SELECT run_id FROM next WHERE org_id IS NOT NULL))
    ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
  )
  SELECT run_id, org_id, locked.id IS NOT NULL AS is_locked FROM next LEFT JOIN locked ON locked.id = run_id`;

/** Gives each run the status of a single cancel, 201, 404, 200 or 409, and 503 to those held elsewhere. */
async function settle(
  tx: Db,
  id: string,
  { person_id, actor_maker_id, org_ids }: CommandRecord,
  runIds: string[],
  canceled: Transition[],
): Promise<Outcomes> {
  const [row] = await tx.$queryRaw<Outcomes[]>`
    WITH canceled AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(canceled)}::jsonb) AS c(
        run_id uuid, entry_id uuid, completed_at timestamptz)
    ), outcome AS (
      SELECT named.run_id, canceled.entry_id, CASE
          WHEN canceled.run_id IS NOT NULL THEN 201
          WHEN r.id IS NULL OR NOT coalesce(r.org_id = ANY(${org_ids}::uuid[]), true) THEN 404
          WHEN is_terminal(r.status_code) THEN 200
          WHEN ${isOwnRun({ run: "r", person: Prisma.sql`${person_id}::uuid`, maker: Prisma.sql`${actor_maker_id ?? null}::uuid` })} THEN 409
          ELSE 503 END AS code,
        coalesce(canceled.completed_at, date_trunc('milliseconds', clock_timestamp())) AS settled_at
      FROM cancellation_items named LEFT JOIN canceled USING (run_id)
      LEFT JOIN runs r ON r.id = named.run_id AND named.org_id IS NOT NULL
      WHERE named.batch_id = ${id}::uuid AND named.run_id = ANY(${runIds}::uuid[])
    ), item AS (
      UPDATE cancellation_items i SET outcome = o.code, entry_id = o.entry_id, settled_at = o.settled_at
      FROM outcome o WHERE i.batch_id = ${id}::uuid AND i.run_id = o.run_id RETURNING o.code
    ), total AS (
      SELECT count(*)::int AS settled, (count(*) FILTER (WHERE code = 201))::int AS canceled,
        (count(*) FILTER (WHERE code = 200))::int AS unchanged, (count(*) FILTER (WHERE code = 404))::int AS not_found,
        (count(*) FILTER (WHERE code = 409))::int AS refused, (count(*) FILTER (WHERE code = 503))::int AS failed
      FROM item
    )
    UPDATE cancellation_batches b SET canceled = b.canceled + t.canceled, unchanged = b.unchanged + t.unchanged,
      not_found = b.not_found + t.not_found, refused = b.refused + t.refused, failed = b.failed + t.failed
    FROM total t WHERE b.id = ${id}::uuid RETURNING t.*`;
  return row!;
}

type Ended = { org_ids: string[]; total: number; reason: string; ticket: string | null; progress: object };

async function complete(tx: Db, id: string, command: CommandRecord): Promise<void> {
  const [batch] = await tx.$queryRaw<Ended[]>`
    UPDATE cancellation_batches SET state = 'completed', ended_at = date_trunc('milliseconds', clock_timestamp())
    WHERE id = ${id}::uuid
    RETURNING org_ids, total, reason, ticket, jsonb_build_object('canceled', canceled, 'unchanged', unchanged,
      'not_found', not_found, 'refused', refused, 'failed', failed) AS progress`;
  const { org_ids: orgIds, total, reason, ticket, progress } = batch!;
  const target = { type: "batch", id, label: nameBatch(total) } as const;
  await writeEntry(tx, {
    caller: { actor: toActor(command) },
    context: {
      source: "bulk",
      ip: command.ip,
      userAgent: command.user_agent,
      requestId: command.by_request_id,
    },
    orgId: chainOf(orgIds),
    action: "batch.completed",
    target,
    meta: { reason, ticket, progress },
  });
}

const toActor = (command: CommandRecord): ActorSnapshot => ({
  type: command.actor_type,
  id: command.actor_id,
  name: command.actor_name,
  email: command.actor_email,
  role: command.actor_role,
  keyPrefix: command.actor_key_prefix,
  ...(command.actor_owner_id && {
    owner: {
      id: command.actor_owner_id,
      name: command.actor_owner_name!,
      role: command.actor_owner_role ?? null,
    },
  }),
  ...(command.actor_maker_id && {
    maker: {
      id: command.actor_maker_id,
      name: command.actor_maker_name!,
      email: command.actor_maker_email!,
    },
  }),
});
