/**
 * A typed client of the admin API: finds a customer's running run, cancels it once, however often the
 * connection fails, and reads the audit entry. To use it:
 *
 *   npm install openapi-fetch && npm install --save-dev openapi-typescript typescript@5
 *   npx openapi-typescript https://console.example.com/v1/openapi.json --output api.d.ts
 *   RUNFLOW_URL=https://console.example.com RUNFLOW_KEY=rf_svc_… npx tsx client.ts order-4821 "ticket #4821"
 */
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import createClient from "openapi-fetch";
import type { components, paths } from "./api";

type ErrorEnvelope = components["schemas"]["Error"];

const MOST_ATTEMPTS = 5;
const SECOND = 1_000;

const { RUNFLOW_URL = "", RUNFLOW_KEY = "" } = process.env;
const api = createClient<paths>({
  baseUrl: RUNFLOW_URL,
  headers: { Authorization: `Bearer ${RUNFLOW_KEY}` },
});

/** An error of the API. `code` is stable, and so is the `type` of each item; the messages are for people. */
class ApiError extends Error {
  constructor(
    readonly envelope: ErrorEnvelope,
    readonly requestId: string | null,
  ) {
    super(envelope.message);
  }

  get types(): string[] {
    return (this.envelope.errors ?? []).map(({ type }) => type);
  }
}

async function main(reference: string, reason: string): Promise<void> {
  const run = await findRunning(reference);
  // A list can leave fields out (`fields`), so its types say that any may be absent.
  if (!run?.id) return console.log(`No run with the reference ${reference} is running.`);
  console.log(`Found run ${run.id} of ${run.model}, ${run.status_code}.`);

  const outcome = await cancel(run.id, reason);
  if (outcome === "unchanged") return console.log("It had ended before. Nothing was changed.");

  const entry = await findEntry(run.id);
  console.log(`Canceled by ${entry?.actor.name}: ${entry?.meta.reason}`);
}

async function findRunning(reference: string) {
  const q = `client_ref:'${reference}' AND status_code:running`;
  const { data, error, response } = await api.GET("/v1/admin/runs", { params: { query: { q, limit: 1 } } });
  if (error) throw toError(error, response);
  return data.items[0];
}

/**
 * Cancels a run. All attempts use one idempotency key, so a retry after a lost response gets the first
 * response again, and the status says whether this call canceled the run.
 */
async function cancel(runId: string, reason: string): Promise<"canceled" | "unchanged"> {
  const idempotencyKey = randomUUID();
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === MOST_ATTEMPTS;
    try {
      const { error, response } = await api.POST("/v1/admin/runs/{run_id}/cancellation", {
        params: { path: { run_id: runId }, header: { "Idempotency-Key": idempotencyKey } },
        body: { reason },
      });
      if (!error) return response.status === 201 ? "canceled" : "unchanged";
      const mayRetry = response.status === 429 || response.status >= 500;
      if (!mayRetry || isLast) throw toError(error, response);
      await setTimeout(Number(response.headers.get("Retry-After") ?? attempt) * SECOND);
    } catch (error) {
      // `fetch` fails with a TypeError when the connection does.
      if (!(error instanceof TypeError) || isLast) throw error;
      await setTimeout(attempt * SECOND);
    }
  }
}

async function findEntry(runId: string) {
  const { data, error, response } = await api.GET("/v1/admin/audit-log", {
    params: { query: { action: "run.cancelled", target_id: runId, limit: 1 } },
  });
  if (error) throw toError(error, response);
  return data.items[0];
}

const toError = (envelope: ErrorEnvelope, response: Response): ApiError =>
  new ApiError(envelope, response.headers.get("Runflow-Request-Id"));

try {
  const [reference = "", reason = ""] = process.argv.slice(2);
  await main(reference, reason);
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  // The request ID lets support find the request.
  console.error([error.envelope.code, ...error.types, error.message, error.requestId].join(" | "));
  process.exitCode = 1;
}
