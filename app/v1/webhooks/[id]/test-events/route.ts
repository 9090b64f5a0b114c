import { testWebhookOperation } from "@/lib/contract/webhooks";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { testWebhook } from "@/lib/webhooks/test-webhook";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(testWebhookOperation, async ({ db, caller, context, params, body }) => ({
    status: 201,
    body: await testWebhook(db, { caller, context, webhookId: String(params["id"]), event: body?.event }),
  })),
});
