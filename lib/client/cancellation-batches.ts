import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type {
  BatchChangeBody,
  BatchItemPage,
  BatchState,
  CancellationBatch,
} from "@/lib/contract/cancellation-batches";
import { ApiError } from "./api-error";
import type { ItemFilters } from "./batch-filters";
import { callApi } from "./call-api";
import { POLLING, pollInterval, withTimeout } from "./polling";
import { send } from "./send";

const PATH = "/v1/admin/cancellation-batches";
/** While it runs. A plan's counts change only as its runs end. */
const RUNNING_POLL_MS = 1_000;
const PLANNED_POLL_MS = 5_000;

const loadSchemas = () => import("@/lib/contract/cancellation-batches");
const loadBatch = async () => (await loadSchemas()).CancellationBatch;

const pollFor = (state: CancellationBatch["state"] | undefined): number | undefined =>
  state === "running" ? RUNNING_POLL_MS : state === "planned" ? PLANNED_POLL_MS : undefined;

const readBatch = async (id: string, signal?: AbortSignal): Promise<CancellationBatch> =>
  (await callApi(await loadBatch(), `${PATH}/${id}`, signal ? { signal: withTimeout(signal) } : {})).data;

/**
 * One batch, polled until it ends.
 * @param everyMs the interval while it runs
 */
export const batchOptions = (id: string, everyMs = RUNNING_POLL_MS) =>
  queryOptions({
    queryKey: ["cancellations", id],
    queryFn: ({ signal }) => readBatch(id, signal),
    ...POLLING,
    staleTime: RUNNING_POLL_MS,
    refetchInterval: ({ state: { data, error } }) => {
      const known = pollFor(data?.state);
      return pollInterval(known !== undefined || !data, error, Math.max(known ?? everyMs, everyMs));
    },
  });

/**
 * A page of a batch's runs.
 * @param state of the batch: each has its own rows, so that the last outcomes are read after its end
 */
export const batchItemsOptions = (id: string, { outcome, pq }: ItemFilters, state: BatchState) =>
  queryOptions({
    queryKey: ["cancellations", id, "items", state, outcome, pq],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<BatchItemPage> => {
      const query = new URLSearchParams({ ...(outcome && { outcome }), ...(pq && { pq }) });
      const { BatchItemPage: schema } = await loadSchemas();
      return (await callApi(schema, `${PATH}/${id}/items?${query}`, { signal: withTimeout(signal) })).data;
    },
    ...POLLING,
    refetchInterval: ({ state: { error } }) => pollInterval(pollFor(state) !== undefined, error),
  });

export type PlanDraft = { reason: string; org_id?: string | undefined } & (
  { run_ids: string[] } | { q: string }
);

export const createPlan = (body: PlanDraft, idempotencyKey: string): Promise<CancellationBatch> =>
  send(loadBatch, { method: "POST", path: PATH, body, idempotencyKey });

export const changeBatch = (id: string, body: BatchChangeBody): Promise<CancellationBatch> =>
  send(loadBatch, { method: "PATCH", path: `${PATH}/${id}`, body });

export const abortBatch = (id: string, idempotencyKey: string): Promise<CancellationBatch> =>
  send(loadBatch, { method: "POST", path: `${PATH}/${id}/abortion`, idempotencyKey });

export const retryBatch = (id: string, idempotencyKey: string): Promise<CancellationBatch> =>
  send(loadBatch, { method: "POST", path: `${PATH}/${id}/retries`, idempotencyKey });

/** More runs can be canceled than the person confirmed, or none is left. */
export class PlanChangedError extends Error {
  override name = "PlanChangedError";

  constructor(readonly batch: CancellationBatch) {
    super("The plan changed.");
  }
}

const MOST_TRIES = 10;

/**
 * Starts a plan. Runs that end meanwhile make the count smaller, which needs no second confirmation: sends
 * the current count again.
 * @throws PlanChangedError when the count grew, reached 0 or never stopped changing
 */
export async function startBatch(
  id: string,
  confirmed: number,
  idempotencyKey: string,
): Promise<CancellationBatch> {
  let count = confirmed;
  for (let tries = 1; ; tries++) {
    try {
      return await send(loadBatch, {
        method: "POST",
        path: `${PATH}/${id}/execution`,
        body: { expected_count: count },
        idempotencyKey: `${idempotencyKey}-${count}`,
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Another person was faster, or a lost response was this person's own: the page says who started it.
      if (error.has("plan_started")) return readBatch(id);
      if (!error.has("plan_changed")) throw error;
      const batch = await readBatch(id);
      const current = batch.counts.cancelable;
      if (current > confirmed || current === 0 || tries === MOST_TRIES) throw new PlanChangedError(batch);
      count = current;
    }
  }
}

export const receiptPath = (id: string, format: "csv" | "ndjson"): string =>
  `${PATH}/${id}/receipt?format=${format}`;
