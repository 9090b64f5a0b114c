import { ApiError } from "./api-error";

export type Placed<Field extends string> = {
  /** What the server says of each field. */
  at: Partial<Record<Field, string>>;
  /** What has no field of its own, for the foot of the form. */
  rest: Error | null;
};

/** Sorts what the server refused to the fields of a form, by the `loc` of its items: `["body", "reach", "org_ids", 0]`. */
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
