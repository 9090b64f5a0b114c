import { findAuditEntries } from "@/lib/audit/find-audit-entries";
import type { AuditFilters } from "@/lib/client/audit-filters";
import { type AuditPage, AuditListQuery } from "@/lib/contract/audit";
import { db } from "@/lib/db/client";
import { Refusal } from "@/lib/errors";
import type { Caller } from "@/lib/identity/caller";

const DAY_MS = 24 * 60 * 60_000;
const NO_ONE = "00000000-0000-0000-0000-000000000000";

type Orgs = readonly { id: string; slug: string }[];

/** @returns the page that an address asks for, or undefined when its cursor is not good (any more) */
export async function loadAuditList(
  caller: Caller,
  filters: AuditFilters,
  orgs: Orgs,
  pq: string | undefined,
): Promise<AuditPage | undefined> {
  const given = AuditListQuery.safeParse({
    action: filters.action || undefined,
    actor_id: filters.actor || undefined,
    org_id: filters.org ? (orgs.find(({ slug }) => slug === filters.org)?.id ?? NO_ONE) : undefined,
    ticket: filters.ticket || undefined,
    reason: filters.reason || undefined,
    from: filters.from || undefined,
    // The form names the last day that is shown; the API takes the first moment that is not.
    to: filters.to ? new Date(Date.parse(filters.to) + DAY_MS).toISOString().slice(0, 10) : undefined,
    pq,
  });
  // An address that names an actor by something other than an id finds nothing.
  if (!given.success) return { items: [], first: null, next: null, previous: null };
  try {
    return await findAuditEntries(db(), caller.reach, given.data);
  } catch (error) {
    if (error instanceof Refusal && error.options.errors?.some(({ loc }) => loc.includes("pq")))
      return undefined;
    throw error;
  }
}
