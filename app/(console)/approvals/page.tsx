import type { Metadata } from "next";
import { ApprovalFilterBar } from "@/components/approvals/approval-filter-bar";
import { ApprovalTable } from "@/components/approvals/approval-table";
import { ApprovalsEmpty } from "@/components/approvals/approvals-empty";
import { ProtectedPanel } from "@/components/approvals/protected-panel";
import { ListLoading } from "@/components/shell/loading";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { hasApprovalFilters, readApprovalFilters } from "@/lib/client/approval-filters";
import { paths } from "@/lib/client/paths";
import { readParam } from "@/lib/client/run-filters";
import { consolePage } from "../console-page";
import { loadApprovalList } from "./load-approval-list";

export const metadata: Metadata = { title: "Approvals" };

/** A decision is often awaited. */
const WATCH_MS = 30 * 60_000;
const EVERY_MS = 5_000;

const PAGE = {
  permission: "runs.read",
  path: paths.approvals,
  loading: <ListLoading title="Approvals" filters={{ chips: ["w-16"] }} />,
} as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const filters = readApprovalFilters(search);
  const pq = readParam(search, "pq") || undefined;
  const { page, problem, protectedOnes, policy } = await loadApprovalList(caller, filters, pq);
  const link = (cursor: string | null) => cursor && paths.approvals({ ...filters, pq: cursor });
  return (
    <>
      <AutoRefresh forMs={WATCH_MS} everyMs={EVERY_MS} />
      <PageHeader title="Approvals" />
      <div className="px-4 pb-3 lg:px-6">
        <ApprovalFilterBar filters={filters} />
      </div>
      <div className="bg-surface border-y">
        {page && page.items.length > 0 ? (
          <>
            <ApprovalTable approvals={page.items} />
            <div className="px-4 py-3 lg:px-6">
              <Pagination
                label="Pages of approval requests"
                summary={`${page.items.length} on this page`}
                first={pq ? paths.approvals(filters) : null}
                previous={link(page.previous)}
                next={link(page.next)}
              />
            </div>
          </>
        ) : (
          <ApprovalsEmpty problem={problem} hasFilters={hasApprovalFilters(filters)} />
        )}
      </div>
      {protectedOnes && (
        <div className="p-4 lg:p-6">
          <ProtectedPanel
            customers={protectedOnes.items}
            isMore={protectedOnes.next !== null}
            policy={policy}
          />
        </div>
      )}
    </>
  );
});
