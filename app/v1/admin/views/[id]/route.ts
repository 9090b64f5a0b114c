import { deleteViewOperation, updateViewOperation } from "@/lib/contract/views";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { deleteView } from "@/lib/views/delete-view";
import { updateView } from "@/lib/views/update-view";
import { readViewQuery } from "../read-view-query";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  PATCH: bind(updateViewOperation, async ({ db, caller, context, params, body }) => {
    const { query, ...rest } = body;
    const change = { ...rest, ...(query !== undefined && { query: readViewQuery(query) }) };
    const viewId = String(params["id"]);
    return { status: 200, body: await updateView(db, { caller, context, viewId, body: change }) };
  }),
  DELETE: bind(deleteViewOperation, async ({ db, caller, context, params }) => ({
    status: 200,
    body: await deleteView(db, { caller, context, viewId: String(params["id"]) }),
  })),
});
