import type { z } from "zod";
import { ApiError, ConnectionError } from "./api-error";
import { noteBuild } from "./console-build";
import { readEnvelope } from "./read-envelope";
import { noteAnswerTime } from "./server-time";
import { reportSession } from "./session-end";
import { signedInAs } from "./signed-in-as";
import { confirmIdentity } from "./step-up";

type Init = Omit<RequestInit, "headers"> & { headers?: Record<string, string> };

/** After this long the connection is dead, as after a laptop's sleep; the server gives up earlier. */
const ANSWER_TIMEOUT_MS = 20_000;

export type ApiAnswer<T> = { status: number; data: T; requestId: string | null };

/**
 * Calls the HTTP API as the signed-in user and parses the response with the contract's schema. If the request
 * needs a recent sign-in, asks for the password and sends it again.
 * @throws ApiError when the server refuses
 * @throws ConnectionError when no response arrives
 */
export async function callApi<S extends z.ZodType>(
  schema: S,
  path: string,
  init?: Init,
): Promise<ApiAnswer<z.output<S>>> {
  try {
    return await callOnce(schema, path, init);
  } catch (error) {
    const needsStepUp = error instanceof ApiError && error.has("step_up_required");
    if (!needsStepUp || !(await confirmIdentity())) throw error;
    return callOnce(schema, path, init);
  }
}

async function callOnce<S extends z.ZodType>(
  schema: S,
  path: string,
  init?: Init,
): Promise<ApiAnswer<z.output<S>>> {
  const { response, text } = await exchange(path, init);
  const requestId = response.headers.get("runflow-request-id");
  const json = readJson(text);
  if (response.ok) return { status: response.status, data: schema.parse(json), requestId };
  const envelope = readEnvelope(json);
  if (envelope) {
    const { code, message, errors } = envelope;
    throw new ApiError(response.status, code, message, errors, requestId);
  }
  throw new ApiError(response.status, "UNKNOWN", `The server answered ${response.status}.`, null, requestId);
}

async function exchange(path: string, init?: Init): Promise<{ response: Response; text: string }> {
  const owner = signedInAs();
  const sentAt = performance.now();
  const timeout = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    const response = await fetch(path, {
      cache: "no-store",
      ...init,
      headers: { ...owner, ...init?.headers },
      signal,
    });
    const text = await response.text();
    noteAnswerTime(response.headers, sentAt);
    noteBuild(response.headers);
    // On a page without a signed-in user, such as sign-in, a 401 is about the credentials typed.
    if (Object.keys(owner).length > 0 && (response.ok || response.status === 401))
      reportSession(!response.ok);
    return { response, text };
  } catch (error) {
    // The caller aborted; a timeout counts as a lost connection instead.
    if (init?.signal?.aborted && (init.signal.reason as Error).name !== "TimeoutError") throw error;
    throw new ConnectionError();
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
