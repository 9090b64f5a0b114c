import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { SavedView, UpdateViewBody } from "@/lib/contract/views";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { getChangeableView } from "./get-view";
import { checkRoom, lockViews } from "./lock-views";
import { refuseTakenName } from "./refuse-taken-name";
import { toView } from "./view-record";

type UpdateView = { caller: Caller; context: RequestContext; viewId: string; body: UpdateViewBody };

/**
 * Changes only the given fields; without a difference, writes nothing. A team view made private belongs to
 * its owner, no matter who changed it.
 * @throws Refusal VIEW_NOT_FOUND, PERMISSION_DENIED
 * @throws Refusal CONFLICT `view_name_taken` or `too_many_views`
 */
export function updateView(db: Db, { caller, context, viewId, body }: UpdateView): Promise<SavedView> {
  return refuseTakenName(() =>
    db.$transaction(async (tx) => {
      await lockViews(tx);
      const before = await getChangeableView(tx, caller, viewId);
      const after = { ...before, ...body };
      const { name, scope, query } = after;
      const changed = (["name", "scope", "query"] as const).filter((field) => after[field] !== before[field]);
      if (changed.length === 0) return toView(caller, before);
      if (scope === "team" && before.scope === "own") await checkRoom(tx, before.ownerId, ["team"]);
      const updatedAt = new Date();
      await tx.savedView.updateMany({ where: { id: before.id }, data: { name, scope, query, updatedAt } });
      const target = { type: "view", id: before.id, label: name } as const;
      const meta = {
        changes: Object.fromEntries(changed.map((field) => [field, [before[field], after[field]]])),
      };
      await writeEntry(tx, { caller, context, orgId: PLATFORM_ORG_ID, action: "view.updated", target, meta });
      return toView(caller, { ...after, updatedAt });
    }),
  );
}
