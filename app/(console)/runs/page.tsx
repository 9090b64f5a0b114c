import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { RememberList } from "@/components/runs/remember-list";
import { NothingFound } from "@/components/runs/nothing-found";
import { RunsEmpty } from "@/components/runs/runs-empty";
import { RunsView } from "@/components/runs/runs-view";
import { Pagination } from "@/components/ui/pagination";
import { toListFilters } from "@/lib/client/look-up-filters";
import { paths } from "@/lib/client/paths";
import {
  hasFilters,
  readParam,
  readRunFilters,
  type RunFilters,
  writeRunFilters,
} from "@/lib/client/run-filters";
import { runRowsOptions } from "@/lib/client/runs";
import { viewsOptions } from "@/lib/client/views";
import { listKeysOfRuns } from "@/lib/keys/list-keys-of-runs";
import { listModels } from "@/lib/models/list-models";
import { findAlike } from "@/lib/organizations/find-alike";
import { listOrganizations, type OrganizationName } from "@/lib/organizations/list-organizations";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { readClientRef } from "@/lib/platform/query/reads-as-expression";
import { lookUp } from "@/lib/runs/look-up";
import type { Caller } from "@/lib/states/caller";
import { findViews } from "@/lib/views/find-views";
import { consolePage } from "../console-page";
import { loadRunList } from "./load-run-list";

export const metadata: Metadata = { title: "Runs" };

/** @returns the expression where it is all that the list is narrowed by */
const onlyExpression = (filters: RunFilters): string | undefined =>
  hasFilters({ ...filters, q: "" }) ? undefined : filters.q;

/** Did you mean: customers that are called nearly like a client ref that no run has. */
function findMeant(caller: Caller, q: string | undefined): Promise<OrganizationName[]> {
  const ref = q === undefined ? undefined : readClientRef(q);
  if (ref === undefined) return Promise.resolve([]);
  return withListPool(caller, (lists) => findAlike(lists, caller.reach, ref));
}

export default consolePage("runs.read", paths.runs, async ({ caller, search }) => {
  const look = readParam(search, "look");
  if (look) {
    const found = await withListPool(caller, (lists) => lookUp(lists, caller, look));
    if (found.kind === "run") redirect(paths.run(found.id));
    if (found.kind === "ticket") redirect(paths.audit({ ticket: found.ticket }));
    if (found.kind === "nothing") return <NothingFound message={found.message} />;
    redirect(paths.runs(toListFilters(found.q, await listOrganizations(db(), caller.reach))));
  }

  const filters = readRunFilters(search);
  const [orgs, models, views] = await Promise.all([
    listOrganizations(db(), caller.reach),
    listModels(db()),
    findViews(db(), caller),
  ]);
  const list = await loadRunList(caller, filters, orgs, search);

  const keys = await listKeysOfRuns(
    db(),
    list.rows.map(({ id }) => id),
  );

  const queryClient = new QueryClient();
  queryClient.setQueryData(runRowsOptions(list.pageKey).queryKey, list.rows);
  queryClient.setQueryData(viewsOptions().queryKey, views);
  const link = (pq: string | null) => pq && paths.runs({ ...writeRunFilters(filters), at: list.at, pq });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RememberList ids={list.rows.map(({ id }) => id)} />
      <RunsView
        filters={filters}
        expression={list.expression}
        expressionError={list.expressionError}
        pageKey={list.pageKey}
        newestAt={list.newestAt}
        orgs={orgs}
        keys={keys}
        viewer={{
          id: caller.person.id,
          mayCancel: caller.permissions.has("runs.cancel"),
          mayReadAudit: caller.permissions.has("audit.read"),
        }}
        directory={{
          orgNames: Object.fromEntries(orgs.map(({ id, name }) => [id, name])),
          profiles: Object.fromEntries(models.map(({ slug, p50Ms, p95Ms }) => [slug, { p50Ms, p95Ms }])),
        }}
        pagination={
          <Pagination
            label="Pages of runs"
            summary={`${list.rows.length} ${list.rows.length === 1 ? "run" : "runs"} on this page`}
            first={list.isFirst ? null : paths.runs(writeRunFilters(filters))}
            previous={link(list.previous)}
            next={link(list.next)}
          />
        }
        empty={
          <RunsEmpty
            problem={list.problem}
            hasFilters={hasFilters(filters)}
            q={onlyExpression(filters)}
            alike={list.rows.length === 0 ? await findMeant(caller, onlyExpression(filters)) : []}
          />
        }
      />
    </HydrationBoundary>
  );
});
