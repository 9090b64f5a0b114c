import type { Field } from "@/lib/states/run-fields";

export type Op = "eq" | "gt" | "gte" | "lt" | "lte";

/** An expression with known fields and values of the right type, in canonical form. */
export type Filter =
  | { kind: "and" | "or"; items: Filter[] }
  | { kind: "not"; item: Filter }
  | { kind: "compare"; field: Field; op: Op; value: string }
  /** `isNumber`: the value was written as a number, so 1, 1.0 and 1e0 are equal. */
  | { kind: "metadata"; key: string; op: Op; value: string; isNumber: boolean }
  | { kind: "absent"; field: Field }
  | { kind: "metadata_absent"; key: string };

/** The same text for every spelling of a filter; cursors are bound to it. */
export const canonicalText = (filter: Filter | undefined): string => JSON.stringify(filter ?? null);
