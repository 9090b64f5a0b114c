import { Prisma } from "@/generated/prisma/client";
import type { AuditListQuery } from "@/lib/contract/audit";
import { canonicalMoment, parseMoment } from "@/lib/contract/moment";
import { foldText } from "@/lib/contract/text/fold";

/** The filters of an audit list, without paging. */
export type AuditFilter = Pick<
  AuditListQuery,
  "action" | "actor_id" | "org_id" | "target_id" | "ticket" | "reason" | "from" | "to"
>;

/**
 * Compiles the filter to a condition on `audit_entries` with the alias `r`; also used by exports and streams.
 */
export function compileAuditFilter(filter: AuditFilter): Prisma.Sql {
  const { action, actor_id, org_id, target_id, ticket, reason } = filter;
  const from = filter.from === undefined ? undefined : parseMoment(filter.from)?.iso;
  const to = filter.to === undefined ? undefined : parseMoment(filter.to)?.iso;
  const conditions = [
    action !== undefined && Prisma.sql`r.action = ANY(${action}::text[])`,
    actor_id !== undefined && Prisma.sql`r.actor_id = ${actor_id}::uuid`,
    org_id !== undefined && Prisma.sql`r.org_id = ${org_id}::uuid`,
    target_id !== undefined && Prisma.sql`r.target_id = ${target_id}::uuid`,
    ticket !== undefined && Prisma.sql`fold_text(r.meta ->> 'ticket') = ANY(${spellTicket(ticket)}::text[])`,
    reason !== undefined && Prisma.sql`search_text(r.meta ->> 'reason') LIKE containing(${reason})`,
    from !== undefined && Prisma.sql`r.occurred_at >= ${from}::timestamptz`,
    to !== undefined && Prisma.sql`r.occurred_at < ${to}::timestamptz`,
  ].filter((condition) => condition !== false);
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ");
}

/** The same text for every spelling of a filter; cursors are bound to it. */
export function canonicalAuditFilter({
  action,
  actor_id,
  org_id,
  target_id,
  ticket,
  reason,
  from,
  to,
}: AuditFilter): string {
  const ids = [actor_id, org_id, target_id].map((id) => id?.toLowerCase());
  const moments = [from, to].map(canonicalMoment);
  return JSON.stringify(
    [action?.toSorted().join(), ...ids, ticket, reason, ...moments].map((value) => value ?? null),
  );
}

/** Tickets are stored as written and compared in folded form; `4821` also finds `#4821`, and vice versa. */
export function spellTicket(text: string): string[] {
  const ticket = foldText(text);
  const [, number] = /^#?(\d+)$/.exec(ticket) ?? [];
  return number ? [number, `#${number}`] : [ticket];
}
