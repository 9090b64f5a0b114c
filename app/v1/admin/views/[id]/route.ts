import { deleteViewOperation, updateViewOperation } from "@/lib/contract/views";
import { bind, endpoint } from "@/lib/http/endpoint";
import { deleteView } from "@/lib/views/delete-view";
import { updateView } from "@/lib/views/update-view";
import { readViewQuery } from "../read-view-query";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  PATCH: bind(updateViewOperation, async ({ db, caller, params, body }) => {
    const { query, ...rest } = body;
    const change = { ...rest, ...(query !== undefined && { query: readViewQuery(query) }) };
    return { status: 200, body: await updateView(db, caller, String(params["id"]), change) };
  }),
  DELETE: bind(deleteViewOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await deleteView(db, caller, String(params["id"])),
  })),
});
