import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { CreateViewBody, SavedView } from "@/lib/contract/views";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { checkRoom, lockViews } from "./lock-views";
import { refuseTakenName } from "./refuse-taken-name";
import { toView, VIEW_FIELDS } from "./view-record";

type CreateView = { caller: Caller; context: RequestContext; body: CreateViewBody };

/**
 * Saves a view for the caller's person, with its audit entry.
 * @param body with a query that the console's own parser has normalized
 * @throws Refusal CONFLICT `view_name_taken` or `too_many_views`
 */
export function createView(db: Db, { caller, context, body }: CreateView): Promise<SavedView> {
  const { name, scope, query } = body;
  return refuseTakenName(() =>
    db.$transaction(async (tx) => {
      await lockViews(tx);
      await checkRoom(tx, caller.person.id, scope === "team" ? ["person", "team"] : ["person"]);
      const row = await tx.savedView.create({
        data: { ownerId: caller.person.id, scope, name, query },
        select: VIEW_FIELDS,
      });
      const target = { type: "view", id: row.id, label: name } as const;
      const meta = { scope, query };
      await writeEntry(tx, { caller, context, orgId: PLATFORM_ORG_ID, action: "view.created", target, meta });
      return toView(caller, row);
    }),
  );
}
