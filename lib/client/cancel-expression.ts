import { NON_TERMINAL_STATUSES } from "@/lib/states/run";
import type { RunFilters } from "./run-filters";

export const quote = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

const LIVE = `(${NON_TERMINAL_STATUSES.map((status) => `status_code:${status}`).join(" OR ")})`;

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
  const before = new Date(now - p95Ms * stuckFactor).toISOString();
  return [`model:${quote(slug)}`, orgId && `org_id:${orgId}`, `created_at<'${before}'`, LIVE]
    .filter(Boolean)
    .join(" AND ");
}
