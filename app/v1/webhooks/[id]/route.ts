import { deleteWebhookOperation, getWebhookOperation, updateWebhookOperation } from "@/lib/contract/webhooks";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { deleteWebhook } from "@/lib/webhooks/delete-webhook";
import { getWebhook } from "@/lib/webhooks/get-webhook";
import { updateWebhook } from "@/lib/webhooks/update-webhook";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getWebhookOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await getWebhook(db, caller.reach, String(params["id"])),
  })),
  PATCH: bind(updateWebhookOperation, async ({ db, caller, context, params, body }) => ({
    status: 200,
    body: await updateWebhook(db, { caller, context, webhookId: String(params["id"]), body }),
  })),
  DELETE: bind(deleteWebhookOperation, async ({ db, caller, context, params }) => ({
    status: 200,
    body: await deleteWebhook(db, { caller, context, webhookId: String(params["id"]) }),
  })),
});
