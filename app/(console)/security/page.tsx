import type { Metadata } from "next";
import { SecurityEmpty } from "@/components/security/security-empty";
import { SecurityFilterBar } from "@/components/security/security-filter-bar";
import { SecurityTable } from "@/components/security/security-table";
import { ListLoading } from "@/components/shell/loading";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { paths } from "@/lib/client/paths";
import { readParam } from "@/lib/client/run-filters";
import { hasSecurityFilters, readSecurityFilters } from "@/lib/client/security-filters";
import { ERRORS } from "@/lib/contract/errors";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { findSecurityEvents } from "@/lib/security/find-security-events";
import { consolePage } from "../console-page";
import { findCustomersNamed, nameCustomers } from "../load-customers";
import { loadPage } from "../load-page";
import { readSecurityQuery } from "./read-security-query";

export const metadata: Metadata = { title: "Security" };

/** Loaded on the server, so that the browser needn't load the whole error table to list its codes. */
const CODES = Object.keys(ERRORS);
const STATUSES = [...new Set(Object.values(ERRORS).map(({ status }) => status))].filter(
  (status) => status < 500,
);

const PAGE = {
  permission: "security.read",
  path: paths.security,
  loading: (
    <ListLoading
      title="Denied requests"
      filters={{
        chips: ["w-16", "w-20", "w-18", "w-24", "w-18"],
        boxes: ["w-36 md:w-44", "flex-1 md:max-w-80"],
      }}
    />
  ),
} as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const filters = readSecurityFilters(search);
  const pq = readParam(search, "pq") || undefined;
  const known = await findCustomersNamed(caller, [filters.org]);
  const { query, problems = {} } = readSecurityQuery(filters, known, pq);
  const page =
    query &&
    (await loadPage(() => withListPool(caller, (lists) => findSecurityEvents(lists, caller.reach, query))));
  const link = (cursor: string | null) => cursor && paths.security({ ...filters, pq: cursor });
  return (
    <>
      <PageHeader title="Denied requests" />
      <div className="px-4 pb-3 lg:px-6">
        <SecurityFilterBar
          filters={filters}
          known={known}
          codes={CODES}
          statuses={STATUSES}
          problems={problems}
        />
      </div>
      <div className="bg-surface flex-1 border-t">
        {page && page.items.length > 0 ? (
          <>
            <SecurityTable
              events={page.items}
              filters={filters}
              orgNames={await nameCustomers(caller, page.items)}
            />
            <div className="px-4 py-3 lg:px-6">
              <Pagination
                label="Pages of security events"
                summary={`${page.items.length} ${page.items.length === 1 ? "attempt" : "attempts"} on this page`}
                first={pq ? paths.security(filters) : null}
                previous={link(page.previous)}
                next={link(page.next)}
              />
            </div>
          </>
        ) : (
          <SecurityEmpty
            problem={query ? (page ? undefined : "cursor") : "filter"}
            hasFilters={hasSecurityFilters(filters)}
          />
        )}
      </div>
    </>
  );
});
