import type { ClientBase } from "pg";
import type { ActorSnapshot, AuditAction, TargetOf } from "@/lib/states/audit-entry";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { makeContext } from "./actors";
import { copyRows } from "./copy-rows";
import type { Random } from "./random";

/** An action from before the demo started. */
export type PastEntry<Action extends AuditAction = AuditAction> = {
  action: Action;
  at: Date;
  /** Absent for entries without a customer. */
  orgId?: string;
  actor: ActorSnapshot;
  target: { type: TargetOf<Action>; id: string; label: string };
  meta?: Record<string, unknown>;
};

/** Requires each entry to have its action's target type. */
export const past = <const Action extends AuditAction>(entry: PastEntry<Action>): PastEntry =>
  entry as unknown as PastEntry;

const COLUMNS = [
  "id",
  "org_id",
  "action",
  "occurred_at",
  "actor_type",
  "actor_id",
  "actor_name",
  "actor_email",
  "actor_role",
  "actor_key_prefix",
  "actor_owner_id",
  "actor_owner_name",
  "actor_owner_role",
  "actor_maker_id",
  "actor_maker_name",
  "actor_maker_email",
  "target_type",
  "target_id",
  "target_label",
  "source",
  "ip",
  "user_agent",
  "request_id",
  "meta",
] as const;

/**
 * Writes audit entries from before the first real one, which only the database owner can. IDs encode their
 * times, because the sealer works in ID order and must seal them chronologically.
 */
export async function copyPastEntries(
  client: ClientBase,
  entries: readonly PastEntry[],
  random: Random,
): Promise<void> {
  const inOrder = entries.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  await copyRows(
    client,
    "audit_entries",
    COLUMNS,
    inOrder.map((entry) => toRow(entry, random)),
  );
}

function toRow({ action, at, orgId, actor, target, meta }: PastEntry, random: Random) {
  const context = makeContext(actor, random);
  return {
    id: random.uuid(at.getTime()),
    org_id: orgId ?? PLATFORM_ORG_ID,
    action,
    occurred_at: at,
    actor_type: actor.type,
    actor_id: actor.id,
    actor_name: actor.name,
    actor_email: actor.email,
    actor_role: actor.role,
    actor_key_prefix: actor.keyPrefix,
    actor_owner_id: actor.owner?.id ?? null,
    actor_owner_name: actor.owner?.name ?? null,
    actor_owner_role: actor.owner?.role ?? null,
    actor_maker_id: actor.maker?.id ?? null,
    actor_maker_name: actor.maker?.name ?? null,
    actor_maker_email: actor.maker?.email ?? null,
    target_type: target.type,
    target_id: target.id,
    target_label: target.label,
    source: context.source,
    ip: context.ip,
    user_agent: context.userAgent,
    request_id: context.requestId,
    meta: JSON.stringify({ reason: null, ticket: null, ...meta }),
  };
}
