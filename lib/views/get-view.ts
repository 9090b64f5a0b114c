import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { permissionRequired, Refusal } from "@/lib/platform/errors";
import type { Caller } from "@/lib/states/caller";
import { findVisibleViews } from "./find-views";
import { mayChange, type ViewRow } from "./view-record";

/** @throws Refusal VIEW_NOT_FOUND, missing and invisible alike */
export async function getView(db: Db, caller: Caller, viewId: string): Promise<ViewRow> {
  const id = parseUuid(viewId);
  const [found] = id ? await findVisibleViews(db, caller, { id }) : [];
  if (!found) throw new Refusal("VIEW_NOT_FOUND");
  return found;
}

/**
 * Finds a view that the caller may change or delete.
 * @throws Refusal VIEW_NOT_FOUND
 * @throws Refusal PERMISSION_DENIED for someone else's team view
 */
export async function getChangeableView(db: Db, caller: Caller, viewId: string): Promise<ViewRow> {
  const view = await getView(db, caller, viewId);
  if (mayChange(caller, view)) return view;
  const message = "Only its owner, or someone with views.manage, can change a team view.";
  throw permissionRequired("views.manage", { message });
}
