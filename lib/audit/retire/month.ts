import { SetupProblem } from "@/lib/platform/setup-problem";

/** A month of the trail, in UTC. */
export type Month = {
  /** Such as `2025-11`. */
  name: string;
  start: Date;
  /** The start of the next month. */
  end: Date;
  /**
   * The table of its entries, such as `audit_entries_2025_11`. The schema that contains it says whether it is
   * still part of the trail.
   */
  table: string;
};

/** @throws SetupProblem for anything but a month */
export function readMonth(name: string): Month {
  if (!/^[2-9]\d{3}-(0[1-9]|1[0-2])$/.test(name))
    throw new SetupProblem(`"${name}" is not a month. Use the form 2025-11.`);
  const start = new Date(`${name}-01T00:00:00Z`);
  return {
    name,
    start,
    end: addMonths(start, 1),
    table: `audit_entries_${name.replace("-", "_")}`,
  };
}

/** @param moment the start of a month */
export function addMonths(moment: Date, count: number): Date {
  const later = new Date(moment);
  later.setUTCMonth(later.getUTCMonth() + count);
  return later;
}

/** The file name of a month's archive. */
export const archiveName = ({ name }: Month): string => `audit-${name}.ndjson`;
