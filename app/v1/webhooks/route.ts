import { createWebhookOperation, listWebhooksOperation } from "@/lib/contract/webhooks";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { findWebhooks } from "@/lib/webhooks/find-webhooks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listWebhooksOperation, async ({ caller, query }) => ({
    status: 200,
    body: await withListPool(caller, (lists) => findWebhooks(lists, caller.reach, query)),
  })),
  POST: bind(createWebhookOperation, async ({ db, caller, context, body }) => ({
    status: 201,
    body: await createWebhook(db, { caller, context, body }),
  })),
});
