import { Prisma } from "@/generated/prisma/client";
import type { Cursor, Place } from "./cursor";

/** A sort column. Rows without a value come last in either direction. */
export type SortKey = {
  column: Prisma.Sql;
  /** The column's type, to cast a cursor's value. */
  type: Prisma.Sql;
  isDescending: boolean;
  /**
   * For nullable columns: a condition that matches exactly the rows without a value. May be stricter than IS
   * NULL, to match a partial index.
   */
  isAbsent?: Prisma.Sql;
  /** Whether the table is partitioned by this column. */
  isPartitioning?: boolean;
};

/** A part of an order that one index can serve. */
export type Slice = {
  where: Prisma.Sql;
  orderBy: Prisma.Sql;
  /** Whether it is read against the list's order, as for `previous`. */
  isBackward: boolean;
};

type Step = SortKey & { areAbsentFirst: boolean };

/**
 * The slices that a page reads one after another; backward for `previous`. A nullable first column makes two,
 * rows with a value and rows without, because one index scan can't serve both with nulls always last.
 * @param order ends with a unique column
 */
export function sliceOrder(order: readonly SortKey[], cursor: Cursor): Slice[] {
  const isBackward = cursor.way === "previous";
  const steps = order.map((key) => ({
    ...key,
    isDescending: key.isDescending !== isBackward,
    areAbsentFirst: isBackward,
  }));
  const [first, ...rest] = steps as [Step, ...Step[]];
  const from = cursor.way === "first" ? undefined : cursor;
  if (!first.isAbsent)
    return [
      {
        where: from ? after(steps, from.place, from.isInclusive) : EVERYTHING,
        orderBy: orderOf(steps),
        isBackward,
      },
    ];

  const { isAbsent, ...certain } = first;
  const isPresent = Prisma.sql`${first.column} IS NOT NULL`;
  const value = from?.place[0];
  const present = (): Slice => ({
    // The comparison implies this, but PostgreSQL needs it to use a partial index.
    where:
      typeof value === "string"
        ? Prisma.sql`${isPresent} AND ${after([certain, ...rest], from!.place, from!.isInclusive)}`
        : isPresent,
    orderBy: orderOf([certain, ...rest]),
    isBackward,
  });
  const absent = (): Slice => ({
    where:
      value === null
        ? Prisma.sql`${isAbsent} AND ${after(rest, from!.place.slice(1), from!.isInclusive)}`
        : isAbsent,
    orderBy: orderOf(rest),
    isBackward,
  });
  if (isBackward) return value === null ? [absent(), present()] : [present()];
  return value === null ? [absent()] : [present(), absent()];
}

const EVERYTHING = Prisma.sql`TRUE`;

/** The rows after a position, written so that the leading columns bound an index scan. */
function after(steps: readonly Step[], place: Place, isInclusive: boolean): Prisma.Sql {
  const [step, ...rest] = steps;
  if (!step) return isInclusive ? EVERYTHING : Prisma.sql`FALSE`;
  if (steps.every((other) => !other.isAbsent && other.isDescending === step.isDescending)) {
    const beyond = Prisma.raw((step.isDescending ? "<" : ">") + (isInclusive ? "=" : ""));
    const columns = Prisma.join(steps.map(({ column }) => column));
    const values = steps.map(({ type }, index) => Prisma.sql`${place[index]}::${type}`);
    const compared = Prisma.sql`(${columns}) ${beyond} (${Prisma.join(values)})`;
    if (!step.isPartitioning) return compared;
    // PostgreSQL can't prune partitions from a row comparison.
    return Prisma.sql`${step.column} ${Prisma.raw(step.isDescending ? "<=" : ">=")} ${values[0]} AND ${compared}`;
  }
  const [value, ...others] = place;
  const { column, type, areAbsentFirst } = step;
  const later = after(rest, others, isInclusive);
  if (value === null) {
    return areAbsentFirst
      ? Prisma.sql`(${column} IS NOT NULL OR ${later})`
      : Prisma.sql`(${column} IS NULL AND ${later})`;
  }
  const beyond = step.isDescending ? Prisma.sql`<` : Prisma.sql`>`;
  const past = Prisma.sql`${column} ${beyond} ${value}::${type}`;
  const same = Prisma.sql`${column} = ${value}::${type}`;
  if (step.isAbsent && !areAbsentFirst)
    return Prisma.sql`(${past} OR ${column} IS NULL OR (${same} AND ${later}))`;
  return Prisma.sql`(${column} ${beyond}= ${value}::${type} AND (${past} OR (${same} AND ${later})))`;
}

function orderOf(steps: readonly Step[]): Prisma.Sql {
  const terms = steps.map(({ column, isDescending, isAbsent, areAbsentFirst }) => {
    const direction = isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
    if (!isAbsent) return Prisma.sql`${column} ${direction}`;
    return Prisma.sql`${column} ${direction} NULLS ${areAbsentFirst ? Prisma.sql`FIRST` : Prisma.sql`LAST`}`;
  });
  return Prisma.join(terms);
}
