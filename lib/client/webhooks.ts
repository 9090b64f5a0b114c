import type { Delivery } from "@/lib/contract/deliveries";
import type { CreateWebhookBody, ResumedWebhook, UpdateWebhookBody, Webhook } from "@/lib/contract/webhooks";
import type { EventType } from "@/lib/states/delivery";
import { send } from "./send";

const loadWebhook = async () => (await import("@/lib/contract/webhooks")).Webhook;
const pathOf = (id: string): string => `/v1/webhooks/${id}`;

type Create = { orgId: string; body: CreateWebhookBody; idempotencyKey: string };

export const createWebhook = (create: Create): Promise<Webhook> =>
  send(loadWebhook, { method: "POST", path: "/v1/webhooks", ...create });

export const updateWebhook = (id: string, body: UpdateWebhookBody): Promise<Webhook> =>
  send(loadWebhook, { method: "PATCH", path: pathOf(id), body });

export const deleteWebhook = (id: string): Promise<Webhook> =>
  send(loadWebhook, { method: "DELETE", path: pathOf(id) });

/** Ends the pause of its endpoint and sends the waiting deliveries. */
export const resumeWebhook = (id: string): Promise<ResumedWebhook> =>
  send(async () => (await import("@/lib/contract/webhooks")).ResumedWebhook, {
    method: "POST",
    path: `${pathOf(id)}/resumption`,
  });

export const testWebhook = (id: string, event: EventType): Promise<Delivery> =>
  send(async () => (await import("@/lib/contract/deliveries")).Delivery, {
    method: "POST",
    path: `${pathOf(id)}/test-events`,
    body: { event },
  });
