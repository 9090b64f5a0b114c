import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import type { AuditFilters } from "@/lib/client/audit-filters";
import type { AuditListQuery, AuditPage } from "@/lib/contract/audit";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { loadPage } from "../load-page";
import { type AuditProblems, readAuditQuery } from "./read-audit-query";

export type AuditList = {
  /** Absent when the address asks for a page that is not there (any more), or for nothing that makes sense. */
  page?: AuditPage;
  /** What is asked of the trail; absent when the address makes no sense. */
  query?: AuditListQuery;
  problems: AuditProblems;
};

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
  const page = await loadPage(() => withListPool(caller, (db) => findAuditEntries(db, caller.reach, query)));
  return { ...(page && { page }), query, problems: {} };
}
