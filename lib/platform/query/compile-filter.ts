import { Prisma } from "@/generated/prisma/client";
import { type Field, FIELDS } from "@/lib/states/run-fields";
import type { Filter, Op } from "./filter";

/**
 * Compiles a filter to a condition on `runs` with the alias `r`. Values are always parameters.
 *
 * A comparison with an absent value is false, so NOT x is exactly the rest. NOT is pushed down to the
 * comparisons, whose negation includes absent values; an index can then serve each comparison.
 */
export function compileFilter(filter: Filter, isNegated = false): Prisma.Sql {
  switch (filter.kind) {
    case "not":
      return compileFilter(filter.item, !isNegated);
    case "and":
    case "or": {
      const items = filter.items.map((item) => compileFilter(item, isNegated));
      const isAnd = (filter.kind === "and") !== isNegated;
      return Prisma.sql`(${Prisma.join(items, isAnd ? " AND " : " OR ")})`;
    }
    case "compare":
      return compileComparison(filter.field, filter.op, filter.value, isNegated);
    case "metadata":
      return isNegated ? Prisma.sql`(${compileMetadata(filter)}) IS NOT TRUE` : compileMetadata(filter);
    case "absent":
      return compileAbsence(filter.field, isNegated);
    case "metadata_absent":
      return Prisma.sql`${metadataText(filter.key)} IS ${isNegated ? NOT_NULL : Prisma.sql`NULL`}`;
  }
}

const NOT_NULL = Prisma.sql`NOT NULL`;

const OPERATORS: Record<Op, Prisma.Sql> = {
  eq: Prisma.sql`=`,
  gt: Prisma.sql`>`,
  gte: Prisma.sql`>=`,
  lt: Prisma.sql`<`,
  lte: Prisma.sql`<=`,
};
const OPPOSITES: Record<Op, Prisma.Sql> = {
  eq: Prisma.sql`<>`,
  gt: OPERATORS.lte,
  gte: OPERATORS.lt,
  lt: OPERATORS.gte,
  lte: OPERATORS.gt,
};
const CASTS = {
  uuid: Prisma.sql`uuid`,
  text: Prisma.sql`text`,
  status: Prisma.sql`run_status`,
  source: Prisma.sql`text`,
  time: Prisma.sql`timestamptz`,
  integer: Prisma.sql`bigint`,
  decimal: Prisma.sql`numeric`,
};

/** Safe as raw SQL: the names are the closed set of `FIELDS`. */
const column = (field: Field): Prisma.Sql => Prisma.raw(`r.${field}`);

/**
 * Columns that a run's end sets are absent only in non-terminal runs, which are few and have their own
 * indexes.
 */
function compileAbsence(field: Field, isNegated: boolean): Prisma.Sql {
  if (isNegated) return Prisma.sql`${column(field)} IS NOT NULL`;
  const isOfEnd = field === "completed_at" || field === "duration_ms";
  return isOfEnd
    ? Prisma.sql`(${column(field)} IS NULL AND NOT is_terminal(r.status_code))`
    : Prisma.sql`${column(field)} IS NULL`;
}

function compileComparison(field: Field, op: Op, value: string, isNegated: boolean): Prisma.Sql {
  const { type, isNullable } = FIELDS[field];
  const spellings = field === "client_ref" ? spell(value) : [];
  if (spellings.length > 1) {
    const isAny = Prisma.sql`${column(field)} = ANY(${spellings}::text[])`;
    return isNegated ? Prisma.sql`(${isAny}) IS NOT TRUE` : isAny;
  }
  const sql = (operator: Prisma.Sql) => Prisma.sql`${column(field)} ${operator} ${value}::${CASTS[type]}`;
  if (!isNegated) return sql(OPERATORS[op]);
  return isNullable ? Prisma.sql`(${sql(OPERATORS[op])}) IS NOT TRUE` : sql(OPPOSITES[op]);
}

/** An accent is one character or two, depending on keyboard and system; tries each spelling in the index. */
const spell = (text: string): string[] => [...new Set([text, text.normalize("NFC"), text.normalize("NFD")])];

function compileMetadata({ key, op, value, isNumber }: Extract<Filter, { kind: "metadata" }>): Prisma.Sql {
  const asText = Prisma.sql`${metadataText(key)} COLLATE "C" ${OPERATORS[op]} ${value}::text`;
  if (!isNumber) return asText;
  const asNumber = Prisma.sql`${metadataNumber(key)} ${OPERATORS[op]} ${value}::numeric`;
  return op === "eq" ? Prisma.sql`(${asText} OR ${asNumber})` : asNumber;
}

/**
 * The json column keeps even escapes that text can't hold, such as \u0000, and reading such a key would fail
 * the whole statement. Treats values that jsonb would refuse as absent; checking for an escape is cheaper
 * than parsing.
 */
const metadataText = (key: string): Prisma.Sql => Prisma.sql`(
  CASE WHEN strpos(r.metadata::text, '\\u') = 0 OR pg_input_is_valid(r.metadata::text, 'jsonb')
  THEN r.metadata ->> ${key}::text END)`;

const metadataNumber = (key: string): Prisma.Sql => Prisma.sql`(
  CASE WHEN pg_input_is_valid(r.metadata::text, 'jsonb') THEN
    CASE json_typeof(r.metadata -> ${key}::text) WHEN 'number' THEN (r.metadata ->> ${key}::text)::numeric END
  END)`;
