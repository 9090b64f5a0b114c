import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import type { AuditFilters } from "@/lib/client/audit-filters";
import type { AuditListQuery, AuditPage } from "@/lib/contract/audit";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { AUDIT_ACTIONS, ROUTINE_ACTIONS } from "@/lib/states/audit-entry";
import { loadPage } from "../load-page";
import { type AuditProblems, readAuditQuery } from "./read-audit-query";

export type AuditList = {
  /** Absent when the address asks for a page that is not there (any more), or for nothing that makes sense. */
  page?: AuditPage;
  /** What the person asked for, without what the list leaves out by default; absent when the address makes no sense. */
  query?: AuditListQuery;
  problems: AuditProblems;
};

const TELLING_ACTIONS = AUDIT_ACTIONS.filter((action) => !ROUTINE_ACTIONS.includes(action));

type Orgs = readonly { id: string; slug: string }[];

/** The part of the trail that an address asks for. What is wrong with the address is part of the answer, not an error. */
export async function loadAuditList(
  caller: Caller,
  filters: AuditFilters,
  orgs: Orgs,
  pq: string | undefined,
): Promise<AuditList> {
  const { query, problems } = readAuditQuery(filters, orgs, pq);
  if (!query) return { problems };
  const shown = { ...query, action: query.action ?? (filters.show === "all" ? undefined : TELLING_ACTIONS) };
  const page = await loadPage(() => withListPool(caller, (db) => findAuditEntries(db, caller.reach, shown)));
  return { ...(page && { page }), query, problems: {} };
}
