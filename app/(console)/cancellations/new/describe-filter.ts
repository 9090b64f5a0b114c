import { STATUS_WORDS } from "@/components/runs/status-words";
import { formatAbsolute } from "@/lib/client/format-time";
import type { Filter, Op } from "@/lib/platform/query/filter";
import type { Field } from "@/lib/states/run-fields";
import { parseRunStatus } from "@/lib/states/run";

/** The names of customers and keys, by id. */
export type Names = Record<string, string>;
export type Line = { name: string; value: string };

const FIELD_WORDS: Record<Field, string> = {
  id: "Run",
  org_id: "Customer",
  status_code: "Status",
  model: "Model",
  source_code: "Source",
  created_by: "Created by",
  api_key_id: "Key",
  client_ref: "Client ref",
  batch_id: "Batch",
  request_id: "Request",
  created_at: "Created",
  started_at: "Started",
  completed_at: "Ended",
  duration_ms: "Duration (ms)",
  cost: "Cost (USD)",
};
const OP_WORDS: Record<Op, string> = { eq: "", gt: "over ", gte: "at least ", lt: "under ", lte: "at most " };
const TIME_WORDS: Record<Op, string> = {
  eq: "at ",
  gt: "after ",
  gte: "since ",
  lt: "before ",
  lte: "until ",
};
/** Longer lists are counted. */
const MOST_LISTED = 4;

/** A filter in words: one line for each condition that all runs have to meet. */
export function describeFilter(filter: Filter, names: Names): Line[] {
  if (filter.kind === "and") return filter.items.flatMap((item) => describeFilter(item, names));
  const same = readAlternatives(filter);
  if (same)
    return [
      {
        name: FIELD_WORDS[same.field],
        value: list(same.values.map((value) => show(same.field, value, names))),
      },
    ];
  if (filter.kind === "compare")
    return [
      { name: FIELD_WORDS[filter.field], value: compare(filter.field, filter.op, filter.value, names) },
    ];
  if (filter.kind === "absent") return [{ name: FIELD_WORDS[filter.field], value: "none" }];
  return [
    {
      name: filter.kind === "not" ? "Except" : "Also",
      value: write(filter.kind === "not" ? filter.item : filter, names),
    },
  ];
}

/** `a:1 OR a:2`: several values of one field. */
function readAlternatives(filter: Filter): { field: Field; values: string[] } | undefined {
  if (filter.kind !== "or") return undefined;
  const items = filter.items.flatMap((item) => (item.kind === "compare" && item.op === "eq" ? [item] : []));
  const [first] = items;
  if (!first || items.length < filter.items.length) return undefined;
  return items.every(({ field }) => field === first.field)
    ? { field: first.field, values: items.map(({ value }) => value) }
    : undefined;
}

const list = (values: string[]): string =>
  values.length > MOST_LISTED
    ? `${values.slice(0, MOST_LISTED - 1).join(", ")} or ${values.length - MOST_LISTED + 1} more`
    : values.length > 1
      ? `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`
      : values.join("");

function show(field: Field, value: string, names: Names): string {
  if (field === "status_code") {
    const status = parseRunStatus(value);
    return status ? STATUS_WORDS[status] : value;
  }
  return names[value] ?? value;
}

function compare(field: Field, op: Op, value: string, names: Names): string {
  if (field.endsWith("_at")) return `${TIME_WORDS[op]}${formatAbsolute(value)}`;
  return `${OP_WORDS[op]}${show(field, value, names)}`;
}

/** A nested condition, as a phrase. */
function write(filter: Filter, names: Names): string {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.items
        .map((item) =>
          item.kind === "and" || item.kind === "or" ? `(${write(item, names)})` : write(item, names),
        )
        .join(` ${filter.kind} `);
    case "not":
      return `not (${write(filter.item, names)})`;
    case "compare":
      return `${FIELD_WORDS[filter.field].toLowerCase()} ${compare(filter.field, filter.op, filter.value, names)}`;
    case "absent":
      return `${FIELD_WORDS[filter.field].toLowerCase()} none`;
    case "metadata":
      return `metadata ${filter.key} ${OP_WORDS[filter.op]}${filter.value}`;
    case "metadata_absent":
      return `metadata ${filter.key} none`;
  }
}

/** The values of a field anywhere in a filter, to look their names up. */
export function valuesOf(filter: Filter, field: Field): string[] {
  if (filter.kind === "not") return valuesOf(filter.item, field);
  if (filter.kind === "and" || filter.kind === "or")
    return filter.items.flatMap((item) => valuesOf(item, field));
  return filter.kind === "compare" && filter.field === field ? [filter.value] : [];
}
