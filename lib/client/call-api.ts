import type { z } from "zod";
import { ApiError, ConnectionError } from "./api-error";
import { signedInAs } from "./signed-in-as";

type Init = Omit<RequestInit, "headers"> & { headers?: Record<string, string> };

export type ApiAnswer<T> = { status: number; data: T; requestId: string | null };

/**
 * Calls the HTTP API as the person who is signed in and parses the answer with the contract's schema.
 * @throws ApiError when the server refuses
 * @throws ConnectionError when no answer comes
 */
export async function callApi<S extends z.ZodType>(
  schema: S,
  path: string,
  init?: Init,
): Promise<ApiAnswer<z.output<S>>> {
  const { response, text } = await exchange(path, init);
  const requestId = response.headers.get("runflow-request-id");
  const json = readJson(text);
  if (response.ok) return { status: response.status, data: schema.parse(json), requestId };
  const { ErrorEnvelope } = await import("@/lib/contract/errors");
  const envelope = ErrorEnvelope.safeParse(json);
  if (envelope.success) {
    const { code, message, errors } = envelope.data;
    throw new ApiError(response.status, code, message, errors, requestId);
  }
  throw new ApiError(response.status, "UNKNOWN", `The server answered ${response.status}.`, null, requestId);
}

async function exchange(path: string, init?: Init): Promise<{ response: Response; text: string }> {
  try {
    const headers = { ...signedInAs(), ...init?.headers };
    const response = await fetch(path, { cache: "no-store", ...init, headers });
    return { response, text: await response.text() };
  } catch (error) {
    // Given up by the caller; a time-out is a lost answer.
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
