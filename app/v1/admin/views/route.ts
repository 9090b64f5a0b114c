import { createViewOperation, listViewsOperation } from "@/lib/contract/views";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { createView } from "@/lib/views/create-view";
import { findViews } from "@/lib/views/find-views";
import { readViewQuery } from "./read-view-query";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listViewsOperation, async ({ db, caller }) => ({
    status: 200,
    body: { items: await findViews(db, caller) },
  })),
  POST: bind(createViewOperation, async ({ db, caller, context, body }) => ({
    status: 201,
    body: await createView(db, { caller, context, body: { ...body, query: readViewQuery(body.query) } }),
  })),
});
