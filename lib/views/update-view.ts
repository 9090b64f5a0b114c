import type { SavedView, UpdateViewBody } from "@/lib/contract/views";
import type { Db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/in-transaction";
import type { Caller } from "@/lib/identity/caller";
import { getChangeableView } from "./get-view";
import { checkRoom, lockViews } from "./lock-views";
import { refuseTakenName } from "./refuse-taken-name";
import { toView } from "./view-record";

/**
 * Changes what is named, and leaves the rest. A team's view that becomes an own one is its owner's, whoever did it.
 * @throws Refusal VIEW_NOT_FOUND, PERMISSION_DENIED
 * @throws Refusal CONFLICT `view_name_taken` or `too_many_views`
 */
export function updateView(db: Db, caller: Caller, viewId: string, body: UpdateViewBody): Promise<SavedView> {
  return refuseTakenName(() =>
    inTransaction(db, async (tx) => {
      await lockViews(tx);
      const before = await getChangeableView(tx, caller, viewId);
      const { name = before.name, scope = before.scope, query = before.query } = body;
      if (scope === "team" && before.scope === "own") await checkRoom(tx, before.owner_id, ["team"]);
      const [row] = await tx.$queryRaw<{ updated_at: Date }[]>`
        UPDATE saved_views SET name = ${name}, scope = ${scope}, query = ${query},
          updated_at = date_trunc('milliseconds', clock_timestamp())
        WHERE id = ${before.id}::uuid RETURNING updated_at`;
      return toView(caller, { ...before, name, scope, query, updated_at: row!.updated_at });
    }),
  );
}
