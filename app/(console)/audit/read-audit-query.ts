import type { AuditFilters } from "@/lib/client/audit-filters";
import { AuditListQuery, TOO_SHORT_TO_SEARCH } from "@/lib/contract/audit";
import { dayAfter } from "../day-after";

/** Validation messages by filter, each shown at its field. */
export type AuditProblems = Partial<Record<keyof AuditFilters, string>>;

type Orgs = readonly { id: string; slug: string }[];

const NO_ONE = "00000000-0000-0000-0000-000000000000";

const FIELDS: Record<string, keyof AuditFilters> = {
  action: "action",
  actor_id: "actor",
  org_id: "org",
  ticket: "ticket",
  reason: "reason",
  from: "from",
  to: "to",
};

const SENTENCES: Record<keyof AuditFilters, string> = {
  action: "Unknown action. Choose from the list.",
  show: "",
  actor: "Invalid actor ID. Choose from the list.",
  org: "Unknown customer. Choose from the list.",
  ticket: "Too long, or invalid characters. Shorten it.",
  reason: "Too long, or invalid characters. Shorten it.",
  from: "Not a calendar day. Write it as 2026-04-01.",
  to: "Not a calendar day. Write it as 2026-04-01.",
};

/** Converts the URL's filters to an API query, or returns their validation messages. */
export function readAuditQuery(
  filters: AuditFilters,
  orgs: Orgs,
  pq: string | undefined,
): { query: AuditListQuery; problems?: undefined } | { query?: undefined; problems: AuditProblems } {
  const given = AuditListQuery.safeParse({
    action: filters.action || undefined,
    actor_id: filters.actor || undefined,
    org_id: filters.org ? (orgs.find(({ slug }) => slug === filters.org)?.id ?? NO_ONE) : undefined,
    ticket: filters.ticket || undefined,
    reason: filters.reason || undefined,
    from: filters.from || undefined,
    to: filters.to ? dayAfter(filters.to) : undefined,
    pq,
  });
  if (given.success) return { query: given.data };
  const problems: AuditProblems = {};
  for (const { path, message } of given.error.issues) {
    const field = FIELDS[String(path[0])];
    if (!field) throw given.error;
    problems[field] = message === TOO_SHORT_TO_SEARCH ? message : SENTENCES[field];
  }
  return { problems };
}
