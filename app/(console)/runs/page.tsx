import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { RememberList } from "@/components/runs/remember-list";
import { NothingFound } from "@/components/runs/nothing-found";
import { RunsEmpty } from "@/components/runs/runs-empty";
import { RunsView } from "@/components/runs/runs-view";
import { ListLoading } from "@/components/shell/loading";
import { toListFilters } from "@/lib/client/look-up-filters";
import { paths } from "@/lib/client/paths";
import { readParam, readRunFilters, type RunFilters } from "@/lib/client/run-filters";
import { runRowsOptions } from "@/lib/client/runs";
import { viewsOptions } from "@/lib/client/views";
import { listKeysOfRuns } from "@/lib/keys/list-keys-of-runs";
import { listModels } from "@/lib/models/list-models";
import { findAlike } from "@/lib/organizations/find-alike";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { readClientRef } from "@/lib/platform/query/reads-as-expression";
import type { Caller } from "@/lib/states/caller";
import { findViews } from "@/lib/views/find-views";
import { consolePage } from "../console-page";
import { findTimeZone } from "../find-time-zone";
import { findCustomersNamed } from "../load-customers";
import { findUnknownFilters } from "./find-unknown-filters";
import { loadRunList } from "./load-run-list";
import { lookUpRuns } from "./look-up-runs";

export const metadata: Metadata = { title: "Runs" };

/** Did you mean: customers whose name resembles an unknown slug, or a client ref that no run has. */
function findMeant(caller: Caller, { q, org }: RunFilters, known: readonly string[]) {
  const text = org.find((slug) => !known.includes(slug)) ?? readClientRef(q);
  if (text === undefined) return Promise.resolve([]);
  return withListPool(caller, (lists) => findAlike(lists, caller.reach, text));
}

const PAGE = {
  permission: "runs.read",
  path: paths.runs,
  loading: (
    <ListLoading
      title="Runs"
      filters={{ chips: ["w-20", "w-20", "w-24", "w-20", "w-16"], boxes: ["flex-1"], tools: ["w-40"] }}
    />
  ),
} as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const look = readParam(search, "look");
  if (look) {
    const { found, range } = await lookUpRuns(caller, look, await findTimeZone());
    if (found.kind === "run") redirect(paths.run(found.id));
    if (found.kind === "ticket") redirect(paths.audit({ ticket: found.ticket }));
    if (found.kind === "nothing") return <NothingFound message={found.message} />;
    const ids = [...found.q.matchAll(/org_id:([0-9a-f-]{36})/g)].map(([, id]) => id!);
    const orgs = await nameOrganizations(db(), caller.reach, { ids });
    redirect(paths.runs({ ...toListFilters(found.q, orgs), ...range }));
  }

  const filters = readRunFilters(search);
  const [chosen, models, views] = await Promise.all([
    findCustomersNamed(caller, filters.org),
    listModels(db()),
    findViews(db(), caller),
  ]);
  const slugs = chosen.map(({ slug }) => slug);
  const unknown = findUnknownFilters(search, { models: models.map(({ slug }) => slug), orgs: slugs });
  const list = await loadRunList(caller, filters, chosen, search, unknown.length > 0);
  const { rows } = list;
  const ids = rows.map(({ id }) => id);
  const [orgs, keys, alike] = await Promise.all([
    nameOrganizations(db(), caller.reach, { ids: rows.map(({ org_id }) => org_id) }),
    listKeysOfRuns(db(), ids),
    rows.length === 0 ? findMeant(caller, filters, slugs) : [],
  ]);
  const shownOrgs = [...new Map([...chosen, ...orgs].map((org) => [org.id, org])).values()];

  const queryClient = new QueryClient();
  queryClient.setQueryData(runRowsOptions(list.pageKey).queryKey, rows);
  queryClient.setQueryData(viewsOptions().queryKey, views);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RememberList ids={ids} />
      <RunsView
        filters={filters}
        expression={list.expression}
        expressionError={list.expressionError}
        pageKey={list.pageKey}
        newestAt={list.newestAt}
        orgs={shownOrgs}
        keys={keys}
        viewer={{
          id: caller.person.id,
          mayCancel: caller.permissions.has("runs.cancel"),
          mayCancelBulk: caller.permissions.has("runs.cancel.bulk"),
          mayReadAudit: caller.permissions.has("audit.read"),
        }}
        directory={{
          orgNames: Object.fromEntries(shownOrgs.map(({ id, name }) => [id, name])),
          profiles: Object.fromEntries(models.map(({ slug, p50Ms, p95Ms }) => [slug, { p50Ms, p95Ms }])),
        }}
        place={list.place}
        empty={<RunsEmpty problem={list.problem} unknown={unknown} filters={filters} alike={alike} />}
      />
    </HydrationBoundary>
  );
});
