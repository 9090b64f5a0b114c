import type { Db } from "@/lib/platform/db/client";
import type { ActorSnapshot, AuditAction, RequestContext, TargetOf } from "@/lib/states/audit-entry";

export type Entry<Action extends AuditAction> = {
  /** A Caller, or any other actor. */
  caller: { actor: ActorSnapshot };
  context: RequestContext;
  /** The customer concerned, or PLATFORM_ORG_ID for none. */
  orgId: string;
  action: Action;
  target: { type: TargetOf<Action>; id: string; label: string };
  /** What changed, with the reason and ticket if the change has them. Never a secret. */
  meta?: Record<string, unknown>;
};

/**
 * Writes the audit entry of a change.
 * @param tx the change's transaction, so that neither exists without the other
 * @returns the entry's time
 */
export async function writeEntry<const Action extends AuditAction>(
  tx: Db,
  { caller, context, orgId, action, target, meta }: Entry<Action>,
): Promise<Date> {
  const { actor } = caller;
  // Null, despite its type, if a trigger dropped the row.
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
      actorMakerId: actor.maker?.id ?? null,
      actorMakerName: actor.maker?.name ?? null,
      actorMakerEmail: actor.maker?.email ?? null,
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
  if (!written) throw new Error("the database did not accept the audit entry");
  return written.occurredAt;
}
