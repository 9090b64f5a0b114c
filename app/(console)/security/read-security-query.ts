import type { SecurityFilters } from "@/lib/client/security-filters";
import { SecurityListQuery } from "@/lib/contract/security";
import { dayAfter } from "../day-after";

/** Validation messages by filter, each shown at its field. */
export type SecurityProblems = Partial<Record<keyof SecurityFilters, string>>;

type Orgs = readonly { id: string; slug: string }[];

/** Not a customer's ID: an unknown customer must match no events, rather than all of them. */
const NO_ONE = "00000000-0000-0000-0000-000000000000";

const FIELDS: Record<string, keyof SecurityFilters> = {
  kind: "kind",
  status: "status",
  code: "code",
  actor_id: "actor",
  ip: "ip",
  org_id: "org",
  from: "from",
  to: "to",
};

const SENTENCES: Record<keyof SecurityFilters, string> = {
  kind: "Unknown kind. Choose from the list.",
  status: "Unknown status. Choose from the list.",
  code: "Unknown code. Choose from the list.",
  actor: "Invalid actor ID. Copy it from an attempt.",
  ip: "Invalid IP address. Write it as 192.0.2.1 or 2001:db8::1.",
  org: "Unknown customer. Choose from the list.",
  from: "Not a calendar day. Write it as 2026-04-01.",
  to: "Not a calendar day. Write it as 2026-04-01.",
};

/** Converts the URL's filters to an API query, or returns their validation messages. */
export function readSecurityQuery(
  filters: SecurityFilters,
  orgs: Orgs,
  pq: string | undefined,
): { query: SecurityListQuery; problems?: undefined } | { query?: undefined; problems: SecurityProblems } {
  const given = SecurityListQuery.safeParse({
    kind: filters.kind || undefined,
    status: filters.status || undefined,
    code: filters.code || undefined,
    actor_id: filters.actor || undefined,
    ip: filters.ip || undefined,
    org_id: filters.org ? (orgs.find(({ slug }) => slug === filters.org)?.id ?? NO_ONE) : undefined,
    from: filters.from || undefined,
    to: filters.to ? dayAfter(filters.to) : undefined,
    pq,
  });
  if (given.success) return { query: given.data };
  const problems: SecurityProblems = {};
  for (const { path } of given.error.issues) {
    const field = FIELDS[String(path[0])];
    if (!field) throw given.error;
    problems[field] = SENTENCES[field];
  }
  return { problems };
}
