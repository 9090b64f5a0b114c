import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { nameText } from "./name-text";
import { Timestamp, Uuid } from "./values";

export const VIEW_SCOPES = ["own", "team"] as const;
export type ViewScope = (typeof VIEW_SCOPES)[number];

export const VIEW_NAME_MAX = 60;
export const VIEW_QUERY_MAX = 16_000;

export const SavedView = z
  .object({
    id: Uuid,
    name: z.string(),
    scope: z.enum(VIEW_SCOPES),
    /** The query string of the list's URL, as the console writes it. */
    query: z.string(),
    owner: z.object({ id: Uuid, name: z.string() }),
    /** Whether the caller may change or delete it. */
    is_changeable: z.boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: "SavedView", description: "A saved list of runs: its filters, order and columns." });
export type SavedView = z.infer<typeof SavedView>;

export const SavedViews = z.object({ items: z.array(SavedView) });

export const ViewCount = z.object({ count: z.int(), is_more: z.boolean() }).meta({
  id: "ViewCount",
  description: "How many runs match now; `is_more` if not all were counted.",
});
export type ViewCount = z.infer<typeof ViewCount>;

const Name = nameText(VIEW_NAME_MAX);
const Scope = z.enum(VIEW_SCOPES);
const Query = z.string().max(VIEW_QUERY_MAX).meta({
  example: "status=running&age=over-1h",
  description: "As in the URL of the console's run list.",
});

export const CreateViewBody = z
  .strictObject({ name: Name, scope: Scope.default("own"), query: Query })
  .meta({ id: "CreateView" });
export type CreateViewBody = z.infer<typeof CreateViewBody>;

export const UpdateViewBody = z
  .strictObject({ name: Name.optional(), scope: Scope.optional(), query: Query.optional() })
  .meta({ id: "UpdateView", description: "Absent fields stay unchanged." });
export type UpdateViewBody = z.infer<typeof UpdateViewBody>;

const WHOSE =
  "Your own views belong to the person behind the credential. Only its owner, or a caller with `views.manage`, can change a team view.";

export const listViewsOperation = defineOperation({
  id: "listViews",
  method: "GET",
  path: "/v1/admin/views",
  summary: "List your own views and the team's, by name",
  access: admin("runs.read"),
  responses: { 200: { description: "All of them; their number is limited.", body: SavedViews } },
});

export const createViewOperation = defineOperation({
  id: "createView",
  method: "POST",
  path: "/v1/admin/views",
  summary: "Save a list of runs under a name",
  description: WHOSE,
  access: admin("runs.read"),
  audits: "view.created",
  body: CreateViewBody,
  refusals: [409],
  responses: { 201: { description: "The view.", body: SavedView } },
});

export const updateViewOperation = defineOperation({
  id: "updateView",
  method: "PATCH",
  path: "/v1/admin/views/{id}",
  summary: "Rename a view, share it with the team, or save another list in it",
  description: WHOSE,
  access: admin("runs.read"),
  audits: "view.updated",
  body: UpdateViewBody,
  refusals: [409],
  responses: { 200: { description: "The view.", body: SavedView } },
});

export const deleteViewOperation = defineOperation({
  id: "deleteView",
  method: "DELETE",
  path: "/v1/admin/views/{id}",
  summary: "Delete a view",
  description: WHOSE,
  access: admin("runs.read"),
  audits: "view.deleted",
  responses: { 200: { description: "The view before it was deleted.", body: SavedView } },
});

export const countViewOperation = defineOperation({
  id: "countView",
  method: "GET",
  path: "/v1/admin/views/{id}/count",
  summary: "Count the runs in reach that a view matches now, up to 500",
  access: admin("runs.read"),
  responses: { 200: { description: "The count.", body: ViewCount } },
});
