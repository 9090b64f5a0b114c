import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ListLoading } from "@/components/shell/loading";
import { StuckView } from "@/components/stuck/stuck-view";
import { explainMissing } from "@/lib/client/explain-missing";
import { paths } from "@/lib/client/paths";
import { readParam } from "@/lib/client/run-filters";
import { STUCK_SHOWN, stuckRunsOptions } from "@/lib/client/stuck";
import { listModels } from "@/lib/models/list-models";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { db } from "@/lib/platform/db/client";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { findStuckRuns } from "@/lib/runs/find-stuck-runs";
import type { Caller } from "@/lib/states/caller";
import { consolePage } from "../../console-page";
import { findCustomersNamed } from "../../load-customers";

export const metadata: Metadata = { title: "Stuck runs" };

const PAGE = {
  permission: "runs.read",
  path: paths.stuck,
  loading: <ListLoading title="Stuck runs" filters={{ chips: ["w-20", "w-24"] }} />,
} as const;

export default consolePage(PAGE, async ({ caller, search }) => {
  const address = { org: readParam(search, "org"), model: readParam(search, "model") };
  const [[org], models] = await Promise.all([findCustomersNamed(caller, [address.org]), listModels(db())]);
  const reach = org ? ({ all: false, orgIds: [org.id] } as const) : caller.reach;
  const query = { model: address.model || undefined, limit: STUCK_SHOWN };
  const runs = await withListPool(caller, (lists) => findStuckRuns(lists, reach, query));
  const named = await nameOrganizations(db(), caller.reach, {
    ids: runs.items.map(({ org_id }) => org_id),
  });
  const orgs = [...named, ...(org && !named.some(({ id }) => id === org.id) ? [org] : [])];

  const queryClient = new QueryClient();
  const options = stuckRunsOptions({ orgId: org?.id ?? "", model: address.model });
  queryClient.setQueryData(options.queryKey, runs);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <StuckView
        address={address}
        orgs={orgs}
        viewer={{
          id: caller.person.id,
          mayCancel: caller.permissions.has("runs.cancel"),
          mayCancelBulk: caller.permissions.has("runs.cancel.bulk"),
          mayReadAudit: caller.permissions.has("audit.read"),
        }}
        models={models.map(({ id, slug, p95Ms, stuckFactor }) => ({ id, slug, p95Ms, stuckFactor }))}
        disabledReason={findDisabledReason(caller)}
      />
    </HydrationBoundary>
  );
});

/** @returns why the person can't set thresholds, if so */
function findDisabledReason({ permissions, reach }: Caller): string | undefined {
  if (!permissions.has("models.manage")) return explainMissing("setting thresholds", "models.manage");
  if (!reach.all) return "Thresholds apply to every customer, and you don’t have access to all of them.";
  return undefined;
}
