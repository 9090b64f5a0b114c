import type { SavedView } from "@/lib/contract/views";
import type { Db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/in-transaction";
import type { Caller } from "@/lib/identity/caller";
import { getChangeableView } from "./get-view";
import { lockViews } from "./lock-views";
import { toView } from "./view-record";

/** @throws Refusal VIEW_NOT_FOUND, PERMISSION_DENIED */
export function deleteView(db: Db, caller: Caller, viewId: string): Promise<SavedView> {
  return inTransaction(db, async (tx) => {
    await lockViews(tx);
    const view = await getChangeableView(tx, caller, viewId);
    await tx.$executeRaw`DELETE FROM saved_views WHERE id = ${view.id}::uuid`;
    return toView(caller, view);
  });
}
