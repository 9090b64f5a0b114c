import { Prisma } from "@/generated/prisma/client";
import { type Run, RUN_FIELDS } from "@/lib/contract/runs";
import { invalid } from "@/lib/platform/errors";
import { RUN_COLUMNS, type RunRow, toRun } from "./run-record";

/** Possibly large; lists that don't show them don't read them. */
const LARGE = ["input", "output", "cost_breakdown", "metadata"] as const satisfies (keyof Run &
  keyof RunRow)[];

/** `undefined` means whole runs. */
export type Projection = ReadonlySet<keyof Run> | undefined;

/**
 * Parses `fields=status_code,model`. Always includes the id, which identifies the item.
 * @throws Refusal VALIDATION_ERROR at `fields` for an unknown field
 */
export function parseProjection(text: string | undefined): Projection {
  if (text === undefined) return undefined;
  return new Set(["id", ...text.split(",").map((name) => parseField(name.trim()))]) as Set<keyof Run>;
}

function parseField(name: string): keyof Run {
  const field = RUN_FIELDS.find((known) => known === name);
  if (field) return field;
  const msg = `${JSON.stringify(name)} is not a field of a run. Use ${RUN_FIELDS.join(", ")}.`;
  throw invalid(["query", "fields"], "field", msg);
}

/** The columns of a RunRow, with NULL for large ones that weren't requested. */
export function projectColumns(projection: Projection): Prisma.Sql {
  const unread = LARGE.filter((field) => projection && !projection.has(field));
  return Prisma.raw(
    unread.reduce((sql, field) => sql.replace(`r.${field}::text`, `NULL AS ${field}`), RUN_COLUMNS.sql),
  );
}

export function projectRun(row: RunRow, projection: Projection): Partial<Run> {
  const run = toRun(row);
  if (!projection) return run;
  return Object.fromEntries(Object.entries(run).filter(([field]) => projection.has(field as keyof Run)));
}
