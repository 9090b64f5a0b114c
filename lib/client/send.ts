import type { z } from "zod";
import { NotSentError } from "./api-error";
import { callApi } from "./call-api";

type Change = {
  method: "POST" | "PATCH" | "DELETE";
  path: string;
  body?: unknown;
  /** The organization that it is about, where the path names none. */
  orgId?: string;
  /** The same for every try of one decision. */
  idempotencyKey?: string;
};

/**
 * Asks the API for a change.
 * @param loadSchema of the answer, with its first use: zod is the largest part of it
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
