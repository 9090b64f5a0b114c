import { Prisma } from "@/generated/prisma/client";
import { formatTimestamp } from "@/lib/contract/values";
import type { SavedView, ViewScope } from "@/lib/contract/views";
import type { Caller } from "@/lib/identity/caller";

export type ViewRow = {
  id: string;
  owner_id: string;
  owner_name: string;
  scope: ViewScope;
  name: string;
  query: string;
  created_at: Date;
  updated_at: Date;
};

/** Reads ViewRows; a condition on `v` follows. */
export const SELECT_VIEWS = Prisma.sql`
  SELECT v.id, v.owner_id, p.name AS owner_name, v.scope, v.name, v.query, v.created_at, v.updated_at
  FROM saved_views v JOIN people p ON p.id = v.owner_id`;

/** An own view is changed by its person alone; a team's also by whoever looks after them. */
export const mayChange = ({ person, permissions }: Caller, { owner_id, scope }: ViewRow): boolean =>
  owner_id === person.id || (scope === "team" && permissions.has("views.manage"));

export const toView = (caller: Caller, row: ViewRow): SavedView => ({
  id: row.id,
  name: row.name,
  scope: row.scope,
  query: row.query,
  owner: { id: row.owner_id, name: row.owner_name },
  is_changeable: mayChange(caller, row),
  created_at: formatTimestamp(row.created_at),
  updated_at: formatTimestamp(row.updated_at),
});
