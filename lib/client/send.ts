import type { z } from "zod";
import { NotSentError } from "./api-error";
import { callApi } from "./call-api";

type Change = {
  method: "POST" | "PATCH" | "DELETE";
  path: string;
  body?: unknown;
  /** The organization concerned, when the path doesn't name one. */
  orgId?: string;
  /** The same for every retry of one decision. */
  idempotencyKey?: string;
};

/**
 * Sends a change to the API.
 * @param loadSchema loads the response's schema on first use: zod is the largest part of it
 * @throws ApiError, ConnectionError, NotSentError
 */
export async function send<S extends z.ZodType>(
  loadSchema: () => Promise<S>,
  { method, path, body = {}, orgId, idempotencyKey }: Change,
): Promise<z.output<S>> {
  const schema = await loadSchema().catch((error: unknown) => {
    throw new NotSentError({ cause: error });
  });
  const { data } = await callApi(schema, path, {
    method,
    headers: {
      "Content-Type": "application/json",
      ...(orgId !== undefined && { "X-Organization-Id": orgId }),
      ...(idempotencyKey !== undefined && { "Idempotency-Key": idempotencyKey }),
    },
    ...(method !== "DELETE" && { body: JSON.stringify(body) }),
  });
  return data;
}
