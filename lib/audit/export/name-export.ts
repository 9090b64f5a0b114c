import type { AuditExportQuery } from "@/lib/contract/audit";
import { parseMoment } from "@/lib/contract/moment";

/**
 * A file name that still explains the file a year later: time range, filtered or not, and when it was made.
 * @returns only letters, digits and - _ .
 */
export function nameExport({ format, proof, from, to, ...filter }: AuditExportQuery, madeAt: Date): string {
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const parts = [
    "audit",
    from !== undefined && `from-${writeMoment(from)}`,
    to !== undefined && `before-${writeMoment(to)}`,
    isFiltered && "filtered",
    proof === "true" && "proof",
    `made-${madeAt.toISOString().replace(/\.\d+/, "").replaceAll(":", "")}`,
  ];
  return `${parts.filter(Boolean).join("_")}.${format}`;
}

function writeMoment(text: string): string {
  const moment = parseMoment(text)!;
  return moment.isDay ? text : moment.iso.replace(/\.\d+\+00:00$/, "Z").replaceAll(":", "");
}
