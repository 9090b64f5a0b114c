import type { Field } from "@/lib/states/run-fields";

export type Op = "eq" | "gt" | "gte" | "lt" | "lte";

/** An expression whose fields exist and whose values are of the right type, in canonical form. */
export type Filter =
  | { kind: "and" | "or"; items: Filter[] }
  | { kind: "not"; item: Filter }
  | { kind: "compare"; field: Field; op: Op; value: string }
  /** `isNumber`: the value was written as a number, so that 1, 1.0 and 1e0 are the same. */
  | { kind: "metadata"; key: string; op: Op; value: string; isNumber: boolean }
  | { kind: "absent"; field: Field }
  | { kind: "metadata_absent"; key: string };

/** One text for all spellings of a filter: what a cursor is bound to. */
export const canonicalText = (filter: Filter | undefined): string => JSON.stringify(filter ?? null);
