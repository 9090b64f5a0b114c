import { Prisma } from "@/generated/prisma/client";
import { invalid } from "@/lib/platform/errors";
import type { SortKey } from "@/lib/platform/paging/keyset";
import { RUN_SORT_FIELDS, type RunSortField } from "@/lib/states/run";

type Column = Pick<SortKey, "column" | "type" | "isAbsent">;

/** The end of a run sets its duration and removes it from the few non-terminal ones, in one statement. */
const hasNotEnded = (column: string) => Prisma.raw(`r.${column} IS NULL AND NOT is_terminal(r.status_code)`);

const COLUMNS: Record<RunSortField | "id", Column> = {
  id: { column: Prisma.sql`r.id`, type: Prisma.sql`uuid` },
  created_at: { column: Prisma.sql`r.created_at`, type: Prisma.sql`timestamptz` },
  started_at: {
    column: Prisma.sql`r.started_at`,
    type: Prisma.sql`timestamptz`,
    isAbsent: Prisma.sql`r.started_at IS NULL`,
  },
  completed_at: {
    column: Prisma.sql`r.completed_at`,
    type: Prisma.sql`timestamptz`,
    isAbsent: hasNotEnded("completed_at"),
  },
  duration_ms: {
    column: Prisma.sql`r.duration_ms`,
    type: Prisma.sql`integer`,
    isAbsent: hasNotEnded("duration_ms"),
  },
  cost: { column: Prisma.sql`r.cost`, type: Prisma.sql`numeric`, isAbsent: Prisma.sql`r.cost IS NULL` },
};

export type RunOrder = {
  keys: SortKey[];
  /** The same text for every spelling of the order. */
  canonical: string;
  leading: RunSortField;
};

const TERM = /^([a-z_]+)(?::(asc|desc))?$/;

/**
 * Reads `cost:desc,created_at`, ascending by default. The id breaks ties, in the direction of the last field.
 * @throws Refusal VALIDATION_ERROR at `sort_by`
 */
export function parseRunOrder(text: string): RunOrder {
  const terms = text.split(",").map(parseTerm);
  const fields = terms.map(({ field }) => field);
  const repeated = fields.find((field, index) => fields.indexOf(field) !== index);
  if (repeated) throw refuse(`${repeated} is given twice. Name each field once.`);
  const isDescending = terms.at(-1)!.isDescending;
  return {
    keys: [
      ...terms.map((term) => ({ ...COLUMNS[term.field], isDescending: term.isDescending })),
      { ...COLUMNS.id, isDescending },
    ],
    canonical: terms.map(({ field, isDescending }) => `${field}:${isDescending ? "desc" : "asc"}`).join(","),
    leading: terms[0]!.field,
  };
}

function parseTerm(text: string): { field: RunSortField; isDescending: boolean } {
  const [, name, direction] = TERM.exec(text.trim()) ?? [];
  const field = RUN_SORT_FIELDS.find((known) => known === name);
  if (field) return { field, isDescending: direction === "desc" };
  throw refuse(
    `${JSON.stringify(text.trim())} is not a sort order. Use ${RUN_SORT_FIELDS.join(", ")}, with :asc or :desc.`,
  );
}

const refuse = (msg: string) => invalid(["query", "sort_by"], "sort", msg);
