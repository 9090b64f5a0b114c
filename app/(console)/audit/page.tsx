import { Skeleton } from "@/components/ui/skeleton";
import { ListLoading } from "@/components/shell/loading";
import type { Metadata } from "next";
import Link from "next/link";
import { AuditEmpty } from "@/components/audit/audit-empty";
import { AuditFilterBar } from "@/components/audit/audit-filter-bar";
import { AuditTable } from "@/components/audit/audit-table";
import { ExportMenu } from "@/components/audit/export-menu";
import { RetiredNotice } from "@/components/audit/retired-notice";
import { VerifyList } from "@/components/audit/verify-list";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { findRetiredUntil } from "@/lib/audit/retire/find-retired-until";
import { listAuditActors } from "@/lib/audit/trail/list-audit-actors";
import { hasAuditFilters, readAuditFilters } from "@/lib/client/audit-filters";
import { paths } from "@/lib/client/paths";
import { readParam } from "@/lib/client/run-filters";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { consolePage } from "../console-page";
import { findCustomersNamed, nameCustomers } from "../load-customers";
import { loadAuditList } from "./load-audit-list";
import { writeExportQuery } from "./write-export-query";

export const metadata: Metadata = { title: "Audit" };

/** On narrow screens the buttons take their own line. */
const NARROW_BUTTONS = (
  <div aria-hidden className="flex w-full gap-3 sm:hidden">
    <Skeleton className="h-7 flex-1" />
    <Skeleton className="h-7 flex-1" />
  </div>
);

const PAGE = {
  permission: "audit.read",
  path: paths.audit,
  loading: (
    <ListLoading
      title="Audit trail"
      head={NARROW_BUTTONS}
      filters={{ chips: ["w-18", "w-20", "w-24", "w-18"], boxes: ["flex-1", "w-28 md:w-40"] }}
    />
  ),
} as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const filters = readAuditFilters(search);
  const pq = readParam(search, "pq") || undefined;
  const [known, actors] = await Promise.all([
    findCustomersNamed(caller, [filters.org]),
    withListPool(caller, (lists) => listAuditActors(lists, caller.reach)),
  ]);
  const { page, query, problems } = await loadAuditList(caller, filters, known, pq);
  const retiredUntil = page && !page.next ? await findRetiredUntil(db()) : undefined;
  const isFaulty = Object.keys(problems).length > 0;
  const problem = isFaulty ? "filter" : page ? undefined : "cursor";
  const link = (cursor: string | null) => cursor && paths.audit({ ...filters, pq: cursor });
  return (
    <>
      <PageHeader title="Audit trail">
        {/* Wide enough to give the buttons their own line on narrow screens. */}
        <div className="mr-auto max-sm:basis-[calc(100%-10rem)]">
          <Link href={paths.checkpoints()} prefetch={false} className="text-accent py-1 hover:underline">
            Checkpoints
          </Link>
        </div>
        <ExportMenu
          mayExport={caller.permissions.has("audit.export")}
          query={query && writeExportQuery(query)}
          isAuditor={caller.actor.role === "auditor"}
        />
        {page && page.items.length > 0 && (
          <VerifyList key={`${page.items[0]!.id} ${page.items.length}`} entries={page.items} />
        )}
      </PageHeader>
      <div className="px-4 pb-3 lg:px-6">
        <AuditFilterBar filters={filters} known={known} actors={actors} problems={problems} />
      </div>
      <div className="bg-surface flex-1 border-t">
        {page && page.items.length > 0 ? (
          <>
            <AuditTable
              // A new list, rather than this one with its rows moved.
              key={paths.audit({ ...filters, pq })}
              entries={page.items}
              orgNames={await nameCustomers(caller, page.items)}
            />
            <div className="px-4 py-3 lg:px-6">
              <Pagination
                label="Pages of the audit trail"
                summary={`${page.items.length} ${page.items.length === 1 ? "entry" : "entries"} on this page`}
                first={pq ? paths.audit(filters) : null}
                previous={link(page.previous)}
                next={link(page.next)}
              />
            </div>
          </>
        ) : (
          <AuditEmpty problem={problem} hasFilters={hasAuditFilters(filters)} />
        )}
        {retiredUntil && <RetiredNotice until={retiredUntil} />}
      </div>
    </>
  );
});
