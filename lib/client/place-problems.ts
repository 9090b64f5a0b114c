import { ApiError } from "./api-error";

export type Placed<Field extends string> = {
  /** The server's message for each field. */
  at: Partial<Record<Field, string>>;
  /** Errors without a field, shown at the foot of the form. */
  rest: Error | null;
};

/**
 * Assigns the server's errors to form fields by the `loc` of each item: `["body", "reach", "org_ids", 0]`.
 */
export function placeProblems<Field extends string>(
  error: Error | null,
  fields: readonly Field[],
): Placed<Field> {
  if (!(error instanceof ApiError) || !error.errors?.length) return { at: {}, rest: error };
  const at: Placed<Field>["at"] = {};
  const others: string[] = [];
  for (const { loc, msg } of error.errors) {
    const field = loc[0] === "body" ? fields.find((name) => loc.includes(name)) : undefined;
    if (field === undefined) others.push(msg);
    else at[field] ??= msg;
  }
  const { status, code, errors, requestId } = error;
  const rest = others.length > 0 ? new ApiError(status, code, others.join(" "), errors, requestId) : null;
  return { at, rest };
}
