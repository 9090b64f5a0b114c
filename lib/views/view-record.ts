import type { Prisma } from "@/generated/prisma/client";
import { formatTimestamp } from "@/lib/contract/values";
import type { SavedView, ViewScope } from "@/lib/contract/views";
import type { Caller } from "@/lib/states/caller";

export const VIEW_FIELDS = {
  id: true,
  ownerId: true,
  owner: { select: { name: true } },
  scope: true,
  name: true,
  query: true,
  createdAt: true,
  updatedAt: true,
} satisfies Prisma.SavedViewSelect;

export type ViewRow = Prisma.SavedViewGetPayload<{ select: typeof VIEW_FIELDS }>;

/** Only its owner may change a private view; people with `views.manage` may also change team views. */
export const mayChange = ({ person, permissions }: Caller, { ownerId, scope }: ViewRow): boolean =>
  ownerId === person.id || (scope === "team" && permissions.has("views.manage"));

export const toView = (caller: Caller, row: ViewRow): SavedView => ({
  id: row.id,
  name: row.name,
  scope: row.scope as ViewScope,
  query: row.query,
  owner: { id: row.ownerId, name: row.owner.name },
  is_changeable: mayChange(caller, row),
  created_at: formatTimestamp(row.createdAt),
  updated_at: formatTimestamp(row.updatedAt),
});
