import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { callApi } from "./call-api";
import { POLLING, pollInterval, withTimeout } from "./polling";
import type * as schemas from "./run-schemas";
import { serverNow } from "./server-time";

/** A run without its payloads. Those stay on the server, which renders them byte for byte. */
export type RunFacts = z.infer<typeof schemas.RunFacts>;

/** A run as a table row. */
export type RunRow = z.infer<typeof schemas.RunRow>;

export const RUN_ROW_FIELDS =
  "id,org_id,model,source_code,status_code,cost,duration_ms,client_ref,request_id,created_at,started_at,completed_at";

/** How long after a cancellation to wait for the provider's late report, which brings the cost. */
const LATE_REPORT_MS = 15 * 60_000;

const loadSchemas = () => import("./run-schemas");

type Ended = Pick<RunFacts, "status_code" | "cost" | "completed_at">;

/** A finished run never changes, except that a canceled one gets its cost from the provider's late report. */
export const mayStillChange = ({ status_code, cost, completed_at }: Ended, now: number): boolean =>
  completed_at === null ||
  (status_code === "canceled" && cost === null && now - Date.parse(completed_at) < LATE_REPORT_MS);

/** One run, polled while it can still change. */
export const runOptions = (id: string) =>
  queryOptions({
    queryKey: ["run", id],
    queryFn: async ({ signal }) => {
      const { RunFacts } = await loadSchemas();
      return (await callApi(RunFacts, `/v1/runs/${id}`, { signal: withTimeout(signal) })).data;
    },
    ...POLLING,
    refetchInterval: ({ state }) =>
      pollInterval(!state.data || mayStillChange(state.data, serverNow()), state.error),
  });

/**
 * The current state of one page's rows. The set and order stay as rendered; only runs that may still change
 * are fetched.
 * @param pageKey identifies the rendered page, so that a new rendering starts from its own rows
 */
export const runRowsOptions = (pageKey: string) =>
  queryOptions({
    queryKey: ["runs", "rows", pageKey],
    queryFn: async ({ client, queryKey, signal }) => {
      const rows = client.getQueryData<RunRow[]>(queryKey) ?? [];
      const live = rows.filter((row) => mayStillChange(row, serverNow()));
      if (live.length === 0) return rows;
      const q = live.map(({ id }) => `id:'${id}'`).join(" OR ");
      const query = new URLSearchParams({ q, fields: RUN_ROW_FIELDS, limit: "500" });
      const { RunRows } = await loadSchemas();
      const { data } = await callApi(RunRows, `/v1/admin/runs?${query}`, { signal: withTimeout(signal) });
      const byId = new Map(data.items.map((row) => [row.id, row]));
      return rows.map((row) => byId.get(row.id) ?? row);
    },
    ...POLLING,
    gcTime: 60_000,
    refetchInterval: ({ state }) =>
      pollInterval(state.data?.some((row) => mayStillChange(row, serverNow())) ?? false, state.error),
  });

/** The most that are counted; beyond this the page says "100+". */
export const NEW_RUNS_LIMIT = 100;

/**
 * How many runs arrived after a page was rendered.
 * @param expression the page's filter, or "" for none
 * @param since the newest time on the page; other runs of that millisecond count too
 */
export const newRunsOptions = (expression: string, since: string, known: readonly string[]) =>
  queryOptions({
    queryKey: ["runs", "new", expression, since],
    queryFn: async ({ signal }) => {
      const newer = `created_at>='${since}'`;
      const q = expression ? `(${expression}) AND ${newer}` : newer;
      const query = new URLSearchParams({ q, fields: "id", limit: String(NEW_RUNS_LIMIT) });
      const { RunIds } = await loadSchemas();
      const { data } = await callApi(RunIds, `/v1/admin/runs?${query}`, { signal: withTimeout(signal) });
      return data.items.filter(({ id }) => !known.includes(id)).length;
    },
    // The page was just rendered, so the first poll can wait.
    initialData: 0,
    ...POLLING,
    refetchInterval: ({ state }) => pollInterval((state.data ?? 0) < NEW_RUNS_LIMIT, state.error),
  });
