import { z } from "zod";
import { EVENT_TYPES } from "@/lib/states/delivery";
import { Delivery } from "./deliveries";
import { credential, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { StorableText } from "./storable-text";
import { Timestamp, Uuid } from "./values";

export const Webhook = z
  .object({
    id: Uuid,
    org_id: Uuid,
    url: z.string(),
    event_types: z.array(z.enum(EVENT_TYPES)),
    description: z.string().nullable(),
    is_enabled: z.boolean(),
    /** Nothing is sent to this URL until then, because it failed repeatedly. */
    paused_until: Timestamp.nullable(),
    failures_in_row: z.int(),
    last_success_at: Timestamp.nullable(),
    last_failure_at: Timestamp.nullable(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: "Webhook", description: "An organization's subscription to events." });
export type Webhook = z.infer<typeof Webhook>;

export const ResumedWebhook = Webhook.extend({
  sent_count: z.int().meta({ description: "How many waiting deliveries are sent now." }),
}).meta({ id: "ResumedWebhook" });
export type ResumedWebhook = z.infer<typeof ResumedWebhook>;

export const WebhookPage = pageOf(Webhook).meta({ id: "WebhookPage" });
export type WebhookPage = z.infer<typeof WebhookPage>;

export const WebhookListQuery = z.strictObject({ limit: Limit, pq: Cursor, from_prev: FromPrev });
export type WebhookListQuery = z.infer<typeof WebhookListQuery>;

const EventTypes = z.array(z.enum(EVENT_TYPES)).min(1).max(EVENT_TYPES.length);
const Description = StorableText(200);

export const CreateWebhookBody = z
  .strictObject({ url: z.string().max(2048), event_types: EventTypes, description: Description.nullish() })
  .meta({ id: "CreateWebhook" });
export type CreateWebhookBody = z.infer<typeof CreateWebhookBody>;

export const UpdateWebhookBody = z
  .strictObject({
    url: z.string().max(2048).optional(),
    event_types: EventTypes.optional(),
    description: Description.nullish(),
    is_enabled: z.boolean().optional(),
  })
  .meta({ id: "UpdateWebhook", description: "Absent fields stay unchanged." });
export type UpdateWebhookBody = z.infer<typeof UpdateWebhookBody>;

const ORGANIZATION = "Callers who reach several organizations set `X-Organization-Id`.";

export const listWebhooksOperation = defineOperation({
  id: "listWebhooks",
  method: "GET",
  path: "/v1/webhooks",
  summary: "List webhooks, newest first",
  access: credential("webhooks.manage"),
  query: WebhookListQuery,
  responses: { 200: { description: "A page of the webhooks in reach.", body: WebhookPage } },
});

export const createWebhookOperation = defineOperation({
  id: "createWebhook",
  method: "POST",
  path: "/v1/webhooks",
  summary: "Subscribe a URL to events",
  description: ORGANIZATION,
  access: credential("webhooks.manage"),
  audits: "webhook.created",
  idempotent: { within: "org_id", notFound: "WEBHOOK_NOT_FOUND" },
  body: CreateWebhookBody,
  responses: { 201: { description: "The webhook.", body: Webhook } },
});

export const listEventTypesOperation = defineOperation({
  id: "listEventTypes",
  method: "GET",
  path: "/v1/webhooks/event-types",
  summary: "List the events that a webhook can subscribe to",
  access: credential("runs.read"),
  responses: {
    200: {
      description: "The event types.",
      body: z.object({ items: z.array(z.object({ type: z.enum(EVENT_TYPES), description: z.string() })) }),
    },
  },
});

export const getWebhookOperation = defineOperation({
  id: "getWebhook",
  method: "GET",
  path: "/v1/webhooks/{id}",
  summary: "Read a webhook",
  access: credential("webhooks.manage"),
  responses: { 200: { description: "The webhook.", body: Webhook } },
});

export const updateWebhookOperation = defineOperation({
  id: "updateWebhook",
  method: "PATCH",
  path: "/v1/webhooks/{id}",
  summary: "Change a webhook",
  access: credential("webhooks.manage"),
  audits: "webhook.updated",
  body: UpdateWebhookBody,
  responses: { 200: { description: "The webhook.", body: Webhook } },
});

export const deleteWebhookOperation = defineOperation({
  id: "deleteWebhook",
  method: "DELETE",
  path: "/v1/webhooks/{id}",
  summary: "Delete a webhook; its history is kept",
  access: credential("webhooks.manage"),
  audits: "webhook.deleted",
  responses: { 200: { description: "The webhook before it was deleted.", body: Webhook } },
});

export const testWebhookOperation = defineOperation({
  id: "testWebhook",
  method: "POST",
  path: "/v1/webhooks/{id}/test-events",
  summary: "Send a webhook a test event about a made-up run",
  access: credential("webhooks.manage"),
  audits: "webhook.tested",
  body: z.strictObject({ event: z.enum(EVENT_TYPES).optional() }).nullish(),
  responses: { 201: { description: "The delivery, pending.", body: Delivery } },
});

export const resumeWebhookOperation = defineOperation({
  id: "resumeWebhook",
  method: "POST",
  path: "/v1/webhooks/{id}/resumption",
  summary: "Resume a paused webhook and send its waiting deliveries now",
  description:
    "Covers the whole endpoint: all waiting deliveries of this organization to the same scheme, host and port.",
  access: credential("webhooks.manage"),
  audits: "webhook.updated",
  responses: {
    200: { description: "It wasn't paused and nothing was waiting; nothing changed.", body: ResumedWebhook },
    201: { description: "This request resumed it.", body: ResumedWebhook },
  },
});
