import { SetupProblem } from "@/lib/platform/setup-problem";

/** A month of the trail in UTC. */
export type Month = {
  /** As `2025-11`. */
  name: string;
  start: Date;
  /** The first moment that is not of it. */
  end: Date;
  /** The table of its entries, as `audit_entries_2025_11`; in which schema tells whether it is part of the trail. */
  table: string;
};

/** @throws SetupProblem for what is no month */
export function readMonth(name: string): Month {
  if (!/^[2-9]\d{3}-(0[1-9]|1[0-2])$/.test(name))
    throw new SetupProblem(`"${name}" is no month, such as 2025-11.`);
  const start = new Date(`${name}-01T00:00:00Z`);
  return {
    name,
    start,
    end: addMonths(start, 1),
    table: `audit_entries_${name.replace("-", "_")}`,
  };
}

/** @param moment the first of a month */
export function addMonths(moment: Date, count: number): Date {
  const later = new Date(moment);
  later.setUTCMonth(later.getUTCMonth() + count);
  return later;
}

/** Where the export of a month stands in the folder of the archives. */
export const archiveName = ({ name }: Month): string => `audit-${name}.ndjson`;
