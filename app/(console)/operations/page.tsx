import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { OperationsView } from "@/components/operations/operations-view";
import { ListLoading } from "@/components/shell/loading";
import { explainMissing } from "@/lib/client/explain-missing";
import { JOBS_SHOWN, jobsOptions, serviceStateOptions } from "@/lib/client/operations";
import { paths } from "@/lib/client/paths";
import { findJobs } from "@/lib/operations/find-jobs";
import { readServiceState } from "@/lib/operations/read-service-state";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { consolePage } from "../console-page";

export const metadata: Metadata = { title: "Operations" };

const PAGE = {
  permission: "operations.read",
  path: paths.operations,
  loading: <ListLoading title="Operations" />,
} as const;

export default consolePage(PAGE, async ({ caller }) => {
  const find = (state: "failed" | "locked") =>
    withListPool(caller, (lists) => findJobs(lists, { state, limit: JOBS_SHOWN }));
  const [state, failed, locked] = await Promise.all([
    withListPool(caller, readServiceState),
    find("failed"),
    find("locked"),
  ]);
  const queryClient = new QueryClient();
  queryClient.setQueryData(serviceStateOptions().queryKey, state);
  queryClient.setQueryData(jobsOptions("failed").queryKey, failed);
  queryClient.setQueryData(jobsOptions("locked").queryKey, locked);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OperationsView disabledReason={findDisabledReason(caller)} />
    </HydrationBoundary>
  );
});

/** @returns why the person can't run jobs again, if so */
function findDisabledReason({ permissions, reach }: Caller): string | undefined {
  if (!permissions.has("operations.manage")) return explainMissing("running jobs again", "operations.manage");
  if (!reach.all) return "Jobs may concern any customer, and you don’t have access to all of them.";
  return undefined;
}
