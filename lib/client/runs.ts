import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { isTerminal } from "@/lib/runs/run";
import { callApi } from "./call-api";
import { pollBehindStream } from "./poll-behind";
import type * as schemas from "./run-schemas";

/** A run without its payloads: what the browser follows. Payloads stay on the server, which shows them byte for byte. */
export type RunFacts = z.infer<typeof schemas.RunFacts>;

/** A run as the table shows it. */
export type RunRow = z.infer<typeof schemas.RunRow>;

export const RUN_ROW_FIELDS =
  "id,org_id,model,source_code,status_code,cost,duration_ms,client_ref,request_id,created_at,started_at,completed_at";

const RUN_POLL_MS = 2_000;
const LIST_POLL_MS = 4_000;

const loadSchemas = () => import("./run-schemas");

/** One run, followed for as long as something can still happen to it. */
export const runOptions = (id: string) =>
  queryOptions({
    queryKey: ["run", id],
    queryFn: async ({ signal }) => {
      const { RunFacts } = await loadSchemas();
      return (await callApi(RunFacts, `/v1/runs/${id}`, { signal })).data;
    },
    staleTime: RUN_POLL_MS,
    refetchInterval: ({ state }) =>
      pollBehindStream(RUN_POLL_MS, !state.data || !isTerminal(state.data.status_code), state.error),
  });

/** A run that has ended stays as it is, but for the cost of a cancelled one: it comes with the provider's late report. */
export const mayStillChange = ({ status_code, cost }: RunRow): boolean =>
  !isTerminal(status_code) || (status_code === "canceled" && cost === null);

/**
 * The rows of one page as they stand now. The set of rows and their order stay as the page was rendered; only runs
 * that may still change are asked for again.
 * @param pageKey names the rendered page, so that a new rendering starts from its own rows
 */
export const runRowsOptions = (pageKey: string) =>
  queryOptions({
    queryKey: ["runs", "rows", pageKey],
    queryFn: async ({ client, queryKey, signal }) => {
      const rows = client.getQueryData<RunRow[]>(queryKey) ?? [];
      const live = rows.filter(mayStillChange);
      if (live.length === 0) return rows;
      const q = live.map(({ id }) => `id:'${id}'`).join(" OR ");
      const query = new URLSearchParams({ q, fields: RUN_ROW_FIELDS, limit: "500" });
      const { RunRows } = await loadSchemas();
      const { data } = await callApi(RunRows, `/v1/admin/runs?${query}`, { signal });
      const byId = new Map(data.items.map((row) => [row.id, row]));
      return rows.map((row) => byId.get(row.id) ?? row);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    refetchInterval: ({ state }) =>
      pollBehindStream(
        LIST_POLL_MS,
        state.data?.some((row) => !isTerminal(row.status_code)) ?? false,
        state.error,
      ),
  });

/** How many are counted; beyond it the page says "100+". */
export const NEW_RUNS_LIMIT = 100;

/**
 * How many runs came after a page was rendered.
 * @param expression the page's filter, or "" for none
 * @param since the page's newest moment; runs of that same millisecond count too, unless they are on the page
 */
export const newRunsOptions = (expression: string, since: string, known: readonly string[]) =>
  queryOptions({
    queryKey: ["runs", "new", expression, since],
    queryFn: async ({ signal }) => {
      const newer = `created_at>='${since}'`;
      const q = expression ? `(${expression}) AND ${newer}` : newer;
      const query = new URLSearchParams({ q, fields: "id", limit: String(NEW_RUNS_LIMIT) });
      const { RunIds } = await loadSchemas();
      const { data } = await callApi(RunIds, `/v1/admin/runs?${query}`, { signal });
      return data.items.filter(({ id }) => !known.includes(id)).length;
    },
    // The page is fresh when it comes, so the first question can wait for its turn.
    initialData: 0,
    staleTime: LIST_POLL_MS,
    refetchInterval: ({ state }) => pollBehindStream(LIST_POLL_MS, true, state.error),
  });
