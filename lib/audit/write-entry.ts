import type { Db } from "@/lib/db/client";
import type { Caller } from "@/lib/identity/caller";
import type { AuditAction, AuditTarget, RequestContext } from "./audit-entry";

export type Entry = {
  caller: Caller;
  context: RequestContext;
  orgId: string;
  action: AuditAction;
  target: { type: AuditTarget; id: string; label: string };
  /** What changed, beside a reason and a ticket, which these changes don't ask for. Never a secret. */
  meta?: Record<string, unknown>;
};

/** Writes the entry about a change. @param tx the transaction of the change, so that there is never one without the other */
export async function writeEntry(
  tx: Db,
  { caller, context, orgId, action, target, meta }: Entry,
): Promise<void> {
  const { actor } = caller;
  await tx.$executeRaw`
    INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role,
      actor_key_prefix, target_type, target_id, target_label, source, ip, user_agent, request_id, meta)
    VALUES (${orgId}::uuid, ${action}, date_trunc('milliseconds', clock_timestamp()), ${actor.type}, ${actor.id}::uuid,
      ${actor.name}, ${actor.email}, ${actor.role}, ${actor.keyPrefix}, ${target.type}, ${target.id}::uuid,
      ${target.label}, ${context.source}, ${context.ip}, ${context.userAgent}, ${context.requestId},
      ${JSON.stringify({ reason: null, ticket: null, ...meta })}::jsonb)`;
}
