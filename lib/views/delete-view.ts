import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { SavedView } from "@/lib/contract/views";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { getChangeableView } from "./get-view";
import { lockViews } from "./lock-views";
import { toView } from "./view-record";

type DeleteView = { caller: Caller; context: RequestContext; viewId: string };

/** @throws Refusal VIEW_NOT_FOUND, PERMISSION_DENIED */
export function deleteView(db: Db, { caller, context, viewId }: DeleteView): Promise<SavedView> {
  return db.$transaction(async (tx) => {
    await lockViews(tx);
    const view = await getChangeableView(tx, caller, viewId);
    await tx.savedView.deleteMany({ where: { id: view.id } });
    const target = { type: "view", id: view.id, label: view.name } as const;
    const meta = { scope: view.scope, query: view.query };
    await writeEntry(tx, { caller, context, orgId: PLATFORM_ORG_ID, action: "view.deleted", target, meta });
    return toView(caller, view);
  });
}
