import type { ApiKey } from "@/lib/contract/keys";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { findTicket } from "@/lib/tickets/ticket";
import { ticketSettings } from "@/lib/tickets/ticket-settings";
import { getKey } from "./get-key";
import { KEYS, withinKeys } from "./key-record";

type RevokeKey = { caller: Caller; context: RequestContext; keyId: string; reason: string };

/**
 * `transitioned`: this call revoked the key. `unchanged`: it was already revoked, and nothing was written.
 */
export type Revocation = { outcome: "transitioned" | "unchanged"; key: ApiKey };

/**
 * Revokes a key permanently, or reports that it already was. One guarded statement changes it and writes its
 * entry; PostgreSQL's row lock lets only one caller win. Its time is read after locking the key, so
 * everything made with the key is older.
 * @throws Refusal KEY_NOT_FOUND
 */
export async function revokeKey(db: Db, { caller, context, keyId, reason }: RevokeKey): Promise<Revocation> {
  const { actor, reach } = caller;
  const { id } = await getKey(db, reach, keyId);
  const ticket = findTicket(reason, ticketSettings().pattern);
  const revoked = await db.$queryRaw<object[]>`
    WITH held AS MATERIALIZED (
      SELECT id FROM api_keys WHERE id = ${id}::uuid AND revoked_at IS NULL FOR NO KEY UPDATE
    ), revoked AS (
      UPDATE api_keys SET revoked_at = date_trunc('milliseconds', clock_timestamp())
      FROM held, ${KEYS} r
      WHERE api_keys.id = held.id AND r.id = held.id AND api_keys.revoked_at IS NULL AND ${withinKeys(reach)}
      RETURNING r.*, api_keys.revoked_at AS moment
    ), entry AS (
      INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role,
        actor_key_prefix, actor_owner_id, actor_owner_name, actor_owner_role, target_type, target_id, target_label, source,
        ip, user_agent, request_id, meta)
      SELECT coalesce(org_id, ${PLATFORM_ORG_ID}::uuid), 'key.revoked', moment, ${actor.type}, ${actor.id}::uuid,
        ${actor.name}, ${actor.email}, ${actor.role}, ${actor.keyPrefix}, ${actor.owner?.id}::uuid, ${actor.owner?.name},
        ${actor.owner?.role}, 'key', id, name || ' ' || prefix,
        ${context.source}, ${context.ip}, ${context.userAgent}, ${context.requestId}, jsonb_build_object(
          'reason', ${reason}::text, 'ticket', ${ticket}::text, 'kind', kind, 'owner',
          jsonb_build_object('id', owner_id, 'name', owner_name, 'email', owner_email, 'role', owner_role))
      FROM revoked RETURNING id
    )
    SELECT FROM revoked CROSS JOIN entry`;
  // A separate statement, so that its snapshot includes the winner's commit.
  const key = await getKey(db, reach, id);
  if (key.revoked_at === null)
    throw new Error(`key ${id} is in reach, but the guarded statement did not revoke it`);
  return { outcome: revoked.length > 0 ? "transitioned" : "unchanged", key };
}
