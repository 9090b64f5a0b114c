import type { Metadata } from "next";
import { InvitePerson } from "@/components/people/invite-person";
import { PeopleEmpty } from "@/components/people/people-empty";
import { PersonFilterBar } from "@/components/people/person-filter-bar";
import { namedInRow } from "@/components/people/describe-reach";
import { PersonTable } from "@/components/people/person-table";
import { ListLoading } from "@/components/shell/loading";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { paths } from "@/lib/client/paths";
import { hasPeopleFilters, readPeopleFilters } from "@/lib/client/people-filters";
import { readParam } from "@/lib/client/run-filters";
import { PersonListQuery } from "@/lib/contract/people";
import { findPeople } from "@/lib/people/find-people";
import { isMailOn } from "@/lib/mail/queue-mail";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { consolePage } from "../console-page";
import { findOnlyCustomer, nameCustomers } from "../load-customers";
import { loadPage } from "../load-page";

export const metadata: Metadata = { title: "People" };

const PAGE = {
  permission: "people.manage",
  path: paths.people,
  loading: (
    <ListLoading title="People" filters={{ chips: ["w-16", "w-16"], boxes: ["flex-1 md:max-w-72"] }} />
  ),
} as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const filters = readPeopleFilters(search);
  const pq = readParam(search, "pq") || undefined;
  const { role, state, text } = filters;
  const query = PersonListQuery.safeParse({
    role: role || undefined,
    state: state || undefined,
    text: text || undefined,
    pq,
  }).data;
  const page =
    query && (await loadPage(() => withListPool(caller, (lists) => findPeople(lists, caller.reach, query))));
  const [only, orgNames] = await Promise.all([
    findOnlyCustomer(caller),
    nameCustomers(caller, (page?.items ?? []).flatMap(namedInRow)),
  ]);
  const link = (cursor: string | null) => cursor && paths.people({ ...filters, pq: cursor });
  return (
    <>
      <PageHeader title="People">
        <InvitePerson only={only} mayReachAll={caller.reach.all} isMailed={isMailOn()} />
      </PageHeader>
      <div className="px-4 pb-3 lg:px-6">
        <PersonFilterBar filters={filters} />
      </div>
      <div className="bg-surface flex-1 border-t">
        {page && page.items.length > 0 ? (
          <>
            <PersonTable people={page.items} orgNames={orgNames} />
            <div className="px-4 py-3 lg:px-6">
              <Pagination
                label="Pages of people"
                summary={`${page.items.length} ${page.items.length === 1 ? "person" : "people"} on this page`}
                first={pq ? paths.people(filters) : null}
                previous={link(page.previous)}
                next={link(page.next)}
              />
            </div>
          </>
        ) : (
          <PeopleEmpty
            problem={!query ? "filter" : page ? undefined : "cursor"}
            hasFilters={hasPeopleFilters(filters)}
          />
        )}
      </div>
    </>
  );
});
