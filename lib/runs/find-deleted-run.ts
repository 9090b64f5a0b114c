import { parseUuid } from "@/lib/contract/values";
import { orgInReach } from "@/lib/identity/org-in-reach";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";

/** @returns null unless a run within reach was deleted when its retention ended */
export async function findDeletedRun(db: Db, reach: Reach, text: string) {
  const id = parseUuid(text);
  return id === undefined ? null : db.deletedRun.findFirst({ where: { id, ...orgInReach(reach) } });
}
