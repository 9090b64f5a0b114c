import type { Db } from "@/lib/platform/db/client";
import type { ActorSnapshot, AuditAction, RequestContext, TargetOf } from "@/lib/states/audit-entry";

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
  // Null, whatever its type says, where a trigger swallowed the row.
  const written: { occurredAt: Date } | null = await tx.auditEntry.create({
    data: {
      orgId,
      action,
      actorType: actor.type,
      actorId: actor.id,
      actorName: actor.name,
      actorEmail: actor.email,
      actorRole: actor.role,
      actorKeyPrefix: actor.keyPrefix,
      actorOwnerId: actor.owner?.id ?? null,
      actorOwnerName: actor.owner?.name ?? null,
      actorOwnerRole: actor.owner?.role ?? null,
      targetType: target.type,
      targetId: target.id,
      targetLabel: target.label,
      source: context.source,
      ip: context.ip,
      userAgent: context.userAgent,
      requestId: context.requestId,
      meta: { reason: null, ticket: null, ...meta },
    },
    select: { occurredAt: true },
  });
  if (!written) throw new Error("the database did not take the audit entry");
  return written.occurredAt;
}
