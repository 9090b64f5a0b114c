import { formatTimestamp } from "@/lib/contract/values";
import { NON_TERMINAL_STATUSES } from "@/lib/states/run";
import { AGES, type RunFilters } from "./run-filters";

export type OrgNames = readonly { id: string; slug: string }[];

/** No organization has this id: an unknown name must match nothing, not everything. */
const NO_ORG = "00000000-0000-0000-0000-000000000000";

/**
 * The URL's filters as one API expression.
 * @param now the current time, for ages; pages of one list share it, because a cursor is bound to its
 * expression
 */
export function toExpression(filters: RunFilters, orgs: OrgNames, now: Date): string {
  const orgIds = filters.org.map((slug) => orgs.find((org) => org.slug === slug)?.id ?? NO_ORG);
  const parts = [
    filters.q && `(${filters.q})`,
    anyOf("status_code", filters.status),
    anyOf("model", filters.model),
    anyOf("org_id", orgIds),
    anyOf("source_code", filters.source),
    filters.age && ageOf(filters.age, now),
    filters.from && `created_at>='${filters.from}'`,
    filters.to && `created_at<'${filters.to}'`,
  ];
  return parts.filter(Boolean).join(" AND ");
}

/** The most ids in one expression: the API's limit for its length. */
export const MOST_IDS = 90;

export const idsExpression = (ids: readonly string[]): string => ids.map((id) => `id:${id}`).join(" OR ");

/**
 * Selects the runs to cancel among those of a list.
 * @param expression the list's filters, compiled
 * @returns the same runs if the filters name a status, otherwise only those that haven't ended
 */
export function cancelExpression(
  expression: string,
  { status, q }: Pick<RunFilters, "status" | "q">,
): string {
  const namesStatus = status.length > 0 || /\bstatus_code\b/.test(q);
  return namesStatus ? expression : [expression, LIVE].filter(Boolean).join(" AND ");
}

/** The stuck runs of one model, as of now: not ended, and created before its threshold. */
export function stuckExpression(
  { slug, p95Ms, stuckFactor }: { slug: string; p95Ms: number; stuckFactor: number },
  orgId: string | undefined,
  now: number,
): string {
  const before = formatTimestamp(new Date(now - p95Ms * stuckFactor));
  return [`model:${quote(slug)}`, orgId && `org_id:${orgId}`, `created_at<'${before}'`, LIVE]
    .filter(Boolean)
    .join(" AND ");
}

function anyOf(field: string, values: readonly string[]): string {
  const parts = values.map((value) => `${field}:${quote(value)}`);
  return parts.length > 1 ? `(${parts.join(" OR ")})` : (parts[0] ?? "");
}

const LIVE = `(${NON_TERMINAL_STATUSES.map((status) => `status_code:${status}`).join(" OR ")})`;

const quote = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

function ageOf(age: keyof typeof AGES, now: Date): string {
  const { kind, ms } = AGES[age];
  return `created_at${kind === "within" ? ">=" : "<"}'${formatTimestamp(new Date(now.getTime() - ms))}'`;
}
