import { formatTimestamp } from "@/lib/contract/values";
import { quote } from "./cancel-expression";
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

function anyOf(field: string, values: readonly string[]): string {
  const parts = values.map((value) => `${field}:${quote(value)}`);
  return parts.length > 1 ? `(${parts.join(" OR ")})` : (parts[0] ?? "");
}

function ageOf(age: keyof typeof AGES, now: Date): string {
  const { kind, ms } = AGES[age];
  return `created_at${kind === "within" ? ">=" : "<"}'${formatTimestamp(new Date(now.getTime() - ms))}'`;
}
