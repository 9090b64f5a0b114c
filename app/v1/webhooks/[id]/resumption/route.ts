import { resumeWebhookOperation } from "@/lib/contract/webhooks";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { resumeWebhook } from "@/lib/webhooks/resume-webhook";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(resumeWebhookOperation, async ({ db, caller, context, params }) => {
    const { hasChanged, webhook } = await resumeWebhook(db, {
      caller,
      context,
      webhookId: String(params["id"]),
    });
    return { status: hasChanged ? 201 : 200, body: webhook };
  }),
});
