import { queryOptions } from "@tanstack/react-query";
import type { Model, StuckCount } from "@/lib/contract/models";
import { callApi } from "./call-api";
import { POLLING, pollInterval, withTimeout } from "./polling";
import { send } from "./send";

/** The page shows at most this many stuck runs, those with the highest ratios. */
export const STUCK_SHOWN = 100;

/** Polled on every page, and less urgent than a list. */
const COUNT_POLL_MS = 3_000;

const loadSchemas = () => import("@/lib/contract/models");

/** An id and a slug; empty for all. */
export type StuckFilters = { orgId: string; model: string };

/** The stuck runs, highest ratio first. Polled, because runs become stuck just by time passing. */
export const stuckRunsOptions = ({ orgId, model }: StuckFilters) =>
  queryOptions({
    queryKey: ["stuck", "runs", orgId, model],
    queryFn: async ({ signal }) => {
      const { StuckRuns } = await loadSchemas();
      const query = new URLSearchParams({ limit: String(STUCK_SHOWN), ...(model && { model }) });
      const headers: HeadersInit = orgId ? { "X-Organization-Id": orgId } : {};
      return (
        await callApi(StuckRuns, `/v1/admin/runs/stuck?${query}`, { signal: withTimeout(signal), headers })
      ).data;
    },
    ...POLLING,
    refetchInterval: ({ state }) => pollInterval(true, state.error),
  });

/**
 * How many runs are stuck.
 * @param known the count in the rendered page, so that the first poll can wait
 */
export const stuckCountOptions = (known: StuckCount | undefined) =>
  queryOptions({
    queryKey: ["stuck", "count"],
    queryFn: async ({ signal }) => {
      const { StuckCount } = await loadSchemas();
      return (await callApi(StuckCount, "/v1/admin/runs/stuck/count", { signal: withTimeout(signal) })).data;
    },
    ...(known && { initialData: known }),
    ...POLLING,
    refetchInterval: ({ state }) => pollInterval(true, state.error, COUNT_POLL_MS),
  });

/** @throws ApiError, ConnectionError */
export const setStuckFactor = (modelId: string, stuck_factor: number): Promise<Model> =>
  send(async () => (await loadSchemas()).Model, {
    method: "PATCH",
    path: `/v1/admin/models/${modelId}`,
    body: { stuck_factor },
  });
