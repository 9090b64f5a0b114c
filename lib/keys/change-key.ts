import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import type { AuditAction, RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { findTicket } from "@/lib/tickets/ticket";
import { ticketSettings } from "@/lib/tickets/ticket-settings";
import { KEYS, withinKeys } from "./key-record";

export type KeyCommand<Reason extends string | null = string> = {
  caller: Pick<Caller, "actor" | "reach">;
  context: RequestContext;
  keyId: string;
  reason: Reason;
};

type Change = {
  action: Extract<AuditAction, `key.${string}`>;
  /** Whether the change happens; about the row of `api_keys`. */
  guard: Prisma.Sql;
  set: Prisma.Sql;
  /** The entry's time, which may refer to the `old` and `new` row. */
  moment: Prisma.Sql;
  /** More `meta`, as jsonb; may refer to the `old` and `new` row. */
  meta?: Prisma.Sql;
};

/** The current time, as the database stores it. */
export const MOMENT = Prisma.sql`date_trunc('milliseconds', clock_timestamp())`;

/**
 * One guarded statement changes the key and writes its entry; PostgreSQL's row lock lets only one caller win.
 * Times are read after locking the key, so everything made with the key until then is older.
 * @param keyId in reach
 * @returns whether this call made the change
 */
export async function changeKey(
  db: Db,
  { caller: { actor, reach }, context, keyId, reason }: KeyCommand<string | null>,
  { action, guard, set, moment, meta = Prisma.sql`'{}'::jsonb` }: Change,
): Promise<boolean> {
  const ticket = reason === null ? null : findTicket(reason, ticketSettings().pattern);
  const changed = await db.$queryRaw<object[]>`
    WITH held AS MATERIALIZED (
      SELECT id FROM api_keys WHERE id = ${keyId}::uuid AND ${guard} FOR NO KEY UPDATE
    ), changed AS (
      UPDATE api_keys SET ${set}
      FROM held, ${KEYS} r
      WHERE api_keys.id = held.id AND r.id = held.id AND ${guard} AND ${withinKeys(reach)}
      RETURNING r.*, ${moment} AS moment, ${meta} AS more
    ), entry AS (
      INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role,
        actor_key_prefix, actor_owner_id, actor_owner_name, actor_owner_role, actor_maker_id, actor_maker_name,
        actor_maker_email, target_type, target_id, target_label, source, ip, user_agent, request_id, meta)
      SELECT coalesce(org_id, ${PLATFORM_ORG_ID}::uuid), ${action}, moment, ${actor.type}, ${actor.id}::uuid,
        ${actor.name}, ${actor.email}, ${actor.role}, ${actor.keyPrefix}, ${actor.owner?.id}::uuid, ${actor.owner?.name},
        ${actor.owner?.role}, ${actor.maker?.id}::uuid, ${actor.maker?.name}, ${actor.maker?.email}, 'key', id, name || ' ' || prefix,
        ${context.source}, ${context.ip}, ${context.userAgent}, ${context.requestId}, jsonb_build_object(
          'reason', ${reason}::text, 'ticket', ${ticket}::text, 'kind', kind, 'owner',
          jsonb_build_object('id', owner_id, 'name', owner_name, 'email', owner_email, 'role', owner_role)) || CASE
          WHEN maker_id IS NULL THEN '{}' ELSE jsonb_build_object('maker', jsonb_build_object(
            'id', maker_id, 'name', maker_name, 'email', maker_email, 'role', maker_role)) END || more
      FROM changed RETURNING id
    )
    SELECT FROM changed CROSS JOIN entry`;
  return changed.length > 0;
}
