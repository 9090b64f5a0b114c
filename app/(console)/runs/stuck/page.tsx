import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { Refused } from "@/components/shell/refused";
import { StuckView } from "@/components/stuck/stuck-view";
import { explainMissing } from "@/lib/client/explain-missing";
import { paths } from "@/lib/client/paths";
import { readParam, type SearchParams } from "@/lib/client/run-filters";
import { STUCK_SHOWN, stuckRunsOptions } from "@/lib/client/stuck";
import { listModels } from "@/lib/models/list-models";
import { listOrganizations } from "@/lib/organizations/list-organizations";
import { db } from "@/lib/platform/db/client";
import { requireCaller } from "@/lib/platform/http/session";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { findStuckRuns } from "@/lib/runs/find-stuck-runs";
import type { Caller } from "@/lib/states/caller";

export const metadata: Metadata = { title: "Stuck runs" };

type Props = { searchParams: Promise<SearchParams> };

export default async function StuckPage({ searchParams }: Props) {
  const params = await searchParams;
  const caller = await requireCaller(paths.stuck(params as Record<string, string>));
  if (!caller.person.isVerified) return <Refused because="unverified" />;
  if (!caller.permissions.has("runs.read")) return <Refused because="permission" permission="runs.read" />;

  const address = { org: readParam(params, "org"), model: readParam(params, "model") };
  const [orgs, models] = await Promise.all([listOrganizations(db(), caller.reach), listModels(db())]);
  const org = orgs.find(({ slug }) => slug === address.org);
  const reach = org ? ({ all: false, orgIds: [org.id] } as const) : caller.reach;
  const query = { model: address.model || undefined, limit: STUCK_SHOWN };
  const runs = await withListPool(caller, (lists) => findStuckRuns(lists, reach, query));

  const queryClient = new QueryClient();
  const options = stuckRunsOptions({ orgId: org?.id ?? "", model: address.model });
  queryClient.setQueryData(options.queryKey, runs);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <StuckView
        address={address}
        orgs={orgs}
        models={models.map(({ id, slug, p95Ms, stuckFactor }) => ({ id, slug, p95Ms, stuckFactor }))}
        disabledReason={findDisabledReason(caller)}
      />
    </HydrationBoundary>
  );
}

/** @returns why the person may not set thresholds, if so */
function findDisabledReason({ permissions, reach }: Caller): string | undefined {
  if (!permissions.has("models.manage")) return explainMissing("setting thresholds", "models.manage");
  if (!reach.all) return "Thresholds hold for every customer, and you don’t reach all of them.";
  return undefined;
}
