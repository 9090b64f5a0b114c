import { queryOptions } from "@tanstack/react-query";
import type { Job, JobListQuery } from "@/lib/contract/jobs";
import { callApi } from "./call-api";
import { POLLING, pollInterval, withTimeout } from "./polling";
import { send } from "./send";

/** What /operations shows comes from a dozen queries, so it is polled more slowly than a list of runs. */
const EVERY_MS = 4_000;

/** How many jobs the page shows of each state. */
export const JOBS_SHOWN = 50;

export const serviceStateOptions = () =>
  queryOptions({
    queryKey: ["operations", "state"],
    queryFn: async ({ signal }) => {
      const { ServiceState } = await import("@/lib/contract/service-state");
      return (await callApi(ServiceState, "/v1/admin/operations", { signal: withTimeout(signal) })).data;
    },
    ...POLLING,
    refetchInterval: ({ state }) => pollInterval(true, state.error, EVERY_MS),
  });

export const jobsOptions = (state: JobListQuery["state"]) =>
  queryOptions({
    queryKey: ["operations", "jobs", state],
    queryFn: async ({ signal }) => {
      const { JobPage } = await import("@/lib/contract/jobs");
      const query = new URLSearchParams({ state, limit: String(JOBS_SHOWN) });
      return (await callApi(JobPage, `/v1/admin/jobs?${query}`, { signal: withTimeout(signal) })).data;
    },
    ...POLLING,
    refetchInterval: ({ state: { error } }) => pollInterval(true, error, EVERY_MS),
  });

/**
 * Runs a failed job once more.
 * @throws ApiError, ConnectionError
 */
export const retryJob = ({ id, revision }: Job, idempotencyKey: string): Promise<Job> =>
  send(async () => (await import("@/lib/contract/jobs")).Job, {
    method: "POST",
    path: `/v1/admin/jobs/${id}/retry`,
    body: { revision },
    idempotencyKey,
  });
