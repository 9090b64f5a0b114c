import { Prisma } from "@/generated/prisma/client";
import type { AuditListQuery, AuditPage } from "@/lib/contract/audit";
import type { Db } from "@/lib/platform/db/client";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice } from "@/lib/platform/paging/keyset";
import { NEWEST_FIRST, PLACE_IN_TIME } from "@/lib/platform/paging/newest-first";
import { selectSlice } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";
import { canonicalAuditFilter, compileAuditFilter } from "./audit-filter";
import { AUDIT_COLUMNS, type AuditRow, toAuditEntry, WITH_SEAL } from "./audit-record";
import { readByMonth } from "./read-by-month";

/**
 * Finds a page of the audit trail in reach, newest first.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findAuditEntries(db: Db, reach: Reach, query: AuditListQuery): Promise<AuditPage> {
  const selection = {
    table: Prisma.sql`audit_entries`,
    columns: Prisma.sql`${AUDIT_COLUMNS}, ${PLACE_IN_TIME}`,
    join: WITH_SEAL,
    where: compileAuditFilter(query),
    reach,
    hasOrgIndex: true,
  };
  const listing = {
    scope: JSON.stringify(["audit", canonicalAuditFilter(query)]),
    order: NEWEST_FIRST,
    fetch: (slice: Slice, limit: number) => {
      const read = (within: Slice, most: number) =>
        db.$queryRaw<(AuditRow & Placed)[]>(selectSlice({ ...selection, slice: within, limit: most }));
      return query.reason === undefined ? read(slice, limit) : readByMonth(db, slice, limit, read);
    },
  };
  const page = await findPage(listing, query);
  return { ...page, items: page.items.map(toAuditEntry) };
}
