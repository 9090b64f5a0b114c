import type { Db } from "@/lib/db/client";
import type { ActorSnapshot, AuditAction, RequestContext, TargetOf } from "./audit-entry";

export type Entry<Action extends AuditAction> = {
  /** A Caller, or whoever else acts. */
  caller: { actor: ActorSnapshot };
  context: RequestContext;
  /** The customer whose matter it is; PLATFORM_ORG_ID for what is no customer's. */
  orgId: string;
  action: Action;
  target: { type: TargetOf<Action>; id: string; label: string };
  /** What changed, and the reason and the ticket where the change asks for them. Never a secret. */
  meta?: Record<string, unknown>;
};

/**
 * Writes the entry about a change.
 * @param tx the transaction of the change, so that there is never one without the other
 * @returns its moment
 */
export async function writeEntry<const Action extends AuditAction>(
  tx: Db,
  { caller, context, orgId, action, target, meta }: Entry<Action>,
): Promise<Date> {
  const { actor } = caller;
  const [written] = await tx.$queryRaw<{ occurred_at: Date }[]>`
    INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role,
      actor_key_prefix, target_type, target_id, target_label, source, ip, user_agent, request_id, meta)
    VALUES (${orgId}::uuid, ${action}, date_trunc('milliseconds', clock_timestamp()), ${actor.type}, ${actor.id}::uuid,
      ${actor.name}, ${actor.email}, ${actor.role}, ${actor.keyPrefix}, ${target.type}, ${target.id}::uuid,
      ${target.label}, ${context.source}, ${context.ip}, ${context.userAgent}, ${context.requestId},
      ${JSON.stringify({ reason: null, ticket: null, ...meta })}::jsonb)
    RETURNING occurred_at`;
  if (!written) throw new Error("the database did not take the audit entry");
  return written.occurred_at;
}
