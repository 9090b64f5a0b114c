/**
 * A client of the public API as a customer would write it from the OpenAPI document: creates a run, polls it
 * every two seconds, and stops at a final status. It needs only `fetch`.
 */

const POLL_EVERY_MS = 2_000;
const GIVE_UP_AFTER_MS = 20 * 60_000;
const FINAL = ["succeeded", "failed", "canceled"];

export type Api = { baseUrl: string; key: string };
export type Run = { id: string; status_code: string } & Record<string, unknown>;

/** An error response: code and message at the top level. */
export class ApiError extends Error {
  readonly code: string;

  constructor({ code, message }: { code: string; message: string }) {
    super(message);
    this.code = code;
  }
}

/** @param model owner and name, such as `runflow/smart-resize` */
export function createRun(api: Api, model: string, input: Record<string, unknown>): Promise<Run> {
  return call(api, "POST", `/v1/models/${model}/runs`, { input });
}

/**
 * @param onStatus called with each new status
 * @returns the run once it has succeeded, failed or been canceled
 */
export async function waitForRun(api: Api, id: string, onStatus?: (status: string) => void): Promise<Run> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  for (let last = ""; Date.now() < deadline;) {
    const run = await call(api, "GET", `/v1/runs/${id}`);
    if (run.status_code !== last) onStatus?.(run.status_code);
    if (FINAL.includes(run.status_code)) return run;
    last = run.status_code;
    await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
  }
  throw new Error(`Run ${id} has not ended in time.`);
}

async function call({ baseUrl, key }: Api, method: string, path: string, body?: unknown): Promise<Run> {
  const response = await fetch(new URL(path, baseUrl), {
    method,
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new ApiError(answer as { code: string; message: string });
  return answer as Run;
}
