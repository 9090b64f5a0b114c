import { cancelRunOperation } from "@/lib/contract/runs";
import { ApiError, ConnectionError } from "./api-error";
import { callApi } from "./call-api";
import type { RunFacts } from "./runs";
import { RunFacts as RunFactsSchema } from "./run-schemas";

export type CancelRunRequest = {
  id: string;
  reason: string;
  /** The same for every try of one decision, so that a lost answer can't turn into "someone else did it". */
  idempotencyKey: string;
};

/** `transitioned`: this request cancelled the run. `unchanged`: the run had ended already. */
export type CancelRunResult = { outcome: "transitioned" | "unchanged"; run: RunFacts };

const RETRY_AFTER_MS = [500, 1_500, 3_000];

/**
 * Cancels a run. A lost connection is tried again with the same key.
 * @throws ApiError, ConnectionError when the tries are used up
 */
export async function cancelRun(request: CancelRunRequest): Promise<CancelRunResult> {
  for (const delayMs of RETRY_AFTER_MS) {
    try {
      return await requestCancellation(request);
    } catch (error) {
      if (!isWorthARetry(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }
  return requestCancellation(request);
}

/** The first try may still be under way on the server when the second arrives. */
const isWorthARetry = (error: unknown): boolean =>
  error instanceof ConnectionError ||
  (error instanceof ApiError && (error.status === 503 || error.has("idempotency_key_in_use")));

async function requestCancellation({
  id,
  reason,
  idempotencyKey,
}: CancelRunRequest): Promise<CancelRunResult> {
  const path = cancelRunOperation.path.replace("{run_id}", id);
  const { status, data } = await callApi(RunFactsSchema, path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": idempotencyKey },
    body: JSON.stringify({ reason }),
  });
  return { outcome: status === 201 ? "transitioned" : "unchanged", run: data };
}
