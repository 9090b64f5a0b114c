import type { AuditListQuery } from "@/lib/contract/audit";

/** Turns a list's filters into those of an export, without the page cursor. */
export function writeExportQuery({
  limit: _limit,
  pq: _pq,
  from_prev: _fromPrev,
  ...filters
}: AuditListQuery) {
  const given = Object.entries(filters).filter((entry) => entry[1] !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
