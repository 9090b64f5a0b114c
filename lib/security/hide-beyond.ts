import { type Reach, reaches } from "@/lib/states/caller";

type Detail = Record<string, unknown> | null;

/**
 * Names the run or entry that an attempt missed only to callers who reach its organization. To others the
 * event must look like one about a missing id, or it would reveal which ids exist.
 */
export function hideBeyond(reach: Reach, detail: Detail): Detail {
  if (detail === null || !("out_of_reach" in detail)) return detail;
  const { out_of_reach: _, org_id: orgId, run_id: _run, entry_id: _entry, ...rest } = detail;
  if (typeof orgId === "string" ? reaches(reach, orgId) : reach.all) return detail;
  return Object.keys(rest).length === 0 ? null : rest;
}
