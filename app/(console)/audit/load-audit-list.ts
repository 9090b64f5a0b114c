import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import type { AuditFilters } from "@/lib/client/audit-filters";
import type { AuditListQuery, AuditPage } from "@/lib/contract/audit";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { TELLING_ACTIONS } from "@/lib/states/audit-entry";
import { loadPage } from "../load-page";
import { type AuditProblems, readAuditQuery } from "./read-audit-query";

export type AuditList = {
  /** Absent when the URL is invalid or its page no longer exists. */
  page?: AuditPage;
  /** The URL's own filters, without the list's default actions; absent when the URL is invalid. */
  query?: AuditListQuery;
  problems: AuditProblems;
};

type Orgs = readonly { id: string; slug: string }[];

/** Loads one page of the audit log for a URL. An invalid URL yields `problems`, not an error. */
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
