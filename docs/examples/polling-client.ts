/**
 * A client of the public API as a customer would write it, from its description alone: create a run, look at it every
 * two seconds, stop at one of three statuses. It needs nothing but `fetch`.
 */

const POLL_EVERY_MS = 2_000;
const GIVE_UP_AFTER_MS = 20 * 60_000;
const FINAL = ["succeeded", "failed", "canceled"];

export type Api = { baseUrl: string; key: string };
export type Run = { id: string; status_code: string } & Record<string, unknown>;

/** What the API says of an error, at the top level of its answer. */
export class ApiError extends Error {
  readonly code: string;

  constructor({ code, message }: { code: string; message: string }) {
    super(message);
    this.code = code;
  }
}

/** @param model its owner and name, such as `runflow/smart-resize` */
export function createRun(api: Api, model: string, input: Record<string, unknown>): Promise<Run> {
  return call(api, "POST", `/v1/models/${model}/runs`, { input });
}

/**
 * @param onStatus is told the status each time that it differs from the one before
 * @returns the run when it has succeeded, failed, or was canceled
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
