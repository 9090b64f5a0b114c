import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { Run } from "@/lib/contract/runs";
import { isTerminal } from "@/lib/runs/run";
import { callApi } from "./call-api";

/** A run without its payloads: what the browser follows. Payloads stay on the server, which shows them byte for byte. */
export const RunFacts = Run.omit({ input: true, output: true, metadata: true, cost_breakdown: true });
export type RunFacts = z.infer<typeof RunFacts>;

export const toRunFacts = (run: Run): RunFacts => RunFacts.parse(run);

const ROW_FIELDS = {
  id: true,
  org_id: true,
  model: true,
  source_code: true,
  status_code: true,
  cost: true,
  duration_ms: true,
  created_at: true,
} as const;

/** A run as the table shows it. */
export const RunRow = Run.pick(ROW_FIELDS);
export type RunRow = z.infer<typeof RunRow>;
export const RUN_ROW_FIELDS = Object.keys(ROW_FIELDS).join(",");

const RUN_POLL_MS = 2_000;
export const LIST_POLL_MS = 4_000;

/** One run, followed for as long as something can still happen to it. */
export const runOptions = (id: string) =>
  queryOptions({
    queryKey: ["run", id],
    queryFn: async ({ signal }) => (await callApi(RunFacts, `/v1/runs/${id}`, { signal })).data,
    staleTime: RUN_POLL_MS,
    refetchInterval: ({ state }) => (state.data && isTerminal(state.data.status_code) ? false : RUN_POLL_MS),
  });

const Rows = z.object({ items: z.array(RunRow) });

/**
 * The rows of one page as they stand now. The set of rows and their order stay as the page was rendered; only runs
 * that have not ended are asked for again.
 * @param pageKey names the rendered page, so that a new rendering starts from its own rows
 */
export const runRowsOptions = (pageKey: string) =>
  queryOptions({
    queryKey: ["runs", "rows", pageKey],
    queryFn: async ({ client, queryKey, signal }) => {
      const rows = client.getQueryData<RunRow[]>(queryKey) ?? [];
      const live = rows.filter((row) => !isTerminal(row.status_code));
      if (live.length === 0) return rows;
      const q = live.map(({ id }) => `id:'${id}'`).join(" OR ");
      const now = await listRuns({ q, fields: RUN_ROW_FIELDS, limit: "500" }, signal);
      const byId = new Map(now.map((row) => [row.id, row]));
      return rows.map((row) => byId.get(row.id) ?? row);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    refetchInterval: ({ state }) =>
      state.data?.some((row) => !isTerminal(row.status_code)) ? LIST_POLL_MS : (false as const),
  });

async function listRuns(query: Record<string, string>, signal: AbortSignal): Promise<RunRow[]> {
  const { data } = await callApi(Rows, `/v1/admin/runs?${new URLSearchParams(query)}`, { signal });
  return data.items;
}

/** How many are counted; beyond it the page says "more than". */
export const NEW_RUNS_LIMIT = 100;

const Ids = z.object({ items: z.array(z.object({ id: z.string() })) });

/**
 * The runs that came after a page was rendered.
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
      const { data } = await callApi(Ids, `/v1/admin/runs?${query}`, { signal });
      return data.items.filter(({ id }) => !known.includes(id)).length;
    },
    initialData: 0,
    refetchInterval: LIST_POLL_MS,
  });
