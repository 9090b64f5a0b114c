import { type Reach, reaches } from "@/lib/states/caller";

type Detail = Record<string, unknown> | null;

/**
 * What a miss was about (the run or entry of another organization) is told to those who reach that organization. To
 * anyone else the event must be the same as that of an id which doesn't exist, or it would tell them which ids do.
 */
export function hideBeyond(reach: Reach, detail: Detail): Detail {
  if (detail === null || !("out_of_reach" in detail)) return detail;
  const { out_of_reach: _, org_id: orgId, run_id: _run, entry_id: _entry, ...rest } = detail;
  if (typeof orgId === "string" ? reaches(reach, orgId) : reach.all) return detail;
  return Object.keys(rest).length === 0 ? null : rest;
}
