import { z } from "zod";
import { DELIVERY_CAUSES, DELIVERY_STATES, EVENT_TYPES } from "@/lib/states/delivery";
import { Moment } from "./moment-text";
import { credential, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { Timestamp, Uuid } from "./values";

export const DeliveryAttempt = z
  .object({
    number: z.int().meta({ description: "1 for the first." }),
    started_at: Timestamp,
    duration_ms: z.int(),
    status: z.int().nullable().meta({ description: "The response's status; null without a response." }),
    error: z
      .string()
      .nullable()
      .meta({ description: "Why there was no response, as a code: `timeout`, `private_address` …" }),
    response_body: z.string().nullable().meta({
      description:
        "At most the first 4 KiB. Masked like a payload, which it may repeat, until the run's are revealed.",
    }),
    is_signed: z.boolean(),
  })
  .meta({ id: "DeliveryAttempt" });
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

export const Delivery = z
  .object({
    id: Uuid.meta({
      description: "Sent as `Runflow-Request-Id`; the same for every attempt.",
    }),
    org_id: Uuid,
    run_id: Uuid.nullable().meta({ description: "Null for a test." }),
    webhook_id: Uuid.nullable().meta({ description: "Null for the run's own `callback_url`." }),
    event: z.enum(EVENT_TYPES),
    cause: z.enum(DELIVERY_CAUSES),
    url: z.string(),
    state: z.enum(DELIVERY_STATES),
    attempt_count: z.int(),
    next_attempt_at: Timestamp.nullable(),
    /** Nothing is sent to this URL until then, because it failed repeatedly. */
    paused_until: Timestamp.nullable(),
    last_status: z.int().nullable(),
    last_error: z.string().nullable(),
    created_at: Timestamp,
    settled_at: Timestamp.nullable().meta({ description: "When it was delivered or given up." }),
  })
  .meta({ id: "Delivery", description: "One message to one receiver about one run." });
export type Delivery = z.infer<typeof Delivery>;

export const DeliveryWithAttempts = Delivery.extend({
  body: z.string().meta({ description: "The bytes sent, fixed when the delivery was created." }),
  attempts: z.array(DeliveryAttempt),
}).meta({ id: "DeliveryWithAttempts" });
export type DeliveryWithAttempts = z.infer<typeof DeliveryWithAttempts>;

export const DeliveryPage = pageOf(Delivery).meta({ id: "DeliveryPage" });
export type DeliveryPage = z.infer<typeof DeliveryPage>;

export const DeliveryListQuery = z.strictObject({
  state: z.enum(DELIVERY_STATES).optional(),
  event: z.enum(EVENT_TYPES).optional(),
  run_id: Uuid.optional(),
  from: Moment.optional().meta({ description: "Earliest creation, inclusive." }),
  to: Moment.optional().meta({ description: "Latest creation, exclusive." }),
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
});
export type DeliveryListQuery = z.infer<typeof DeliveryListQuery>;

export const getRunCallbackOperation = defineOperation({
  id: "getRunCallback",
  method: "GET",
  path: "/v1/runs/{id}/callback",
  summary: "Read the deliveries of a run's callback",
  access: credential("runs.read"),
  responses: {
    200: {
      description: "The callback's deliveries with their attempts, newest first.",
      body: z
        .object({ callback_url: z.string().nullable(), items: z.array(DeliveryWithAttempts) })
        .meta({ id: "RunCallback" }),
    },
  },
});

export const redeliverCallbackOperation = defineOperation({
  id: "redeliverCallback",
  method: "POST",
  path: "/v1/runs/{id}/callback-redeliveries",
  summary: "Deliver a run's callback again, from the run's current state",
  description:
    "422 with the type `conflict` for a run that has not ended, has no `callback_url`, or has a delivery in progress.",
  access: credential("deliveries.redeliver"),
  audits: "delivery.redelivered",
  idempotent: { within: "org_id", notFound: "RUN_NOT_FOUND" },
  body: z.strictObject({}).nullish(),
  responses: { 201: { description: "The new delivery, pending.", body: Delivery } },
});

const WEBHOOK_OR_ANY = "`any` instead of the webhook's id includes all webhooks and the callbacks of runs.";

export const listDeliveriesOperation = defineOperation({
  id: "listDeliveries",
  method: "GET",
  path: "/v1/webhooks/{id}/deliveries",
  summary: "List deliveries, newest first",
  description: `${WEBHOOK_OR_ANY} A deleted webhook keeps its history.`,
  access: credential("runs.read"),
  query: DeliveryListQuery,
  responses: { 200: { description: "A page of deliveries.", body: DeliveryPage } },
});

export const getDeliveryOperation = defineOperation({
  id: "getDelivery",
  method: "GET",
  path: "/v1/webhooks/{id}/deliveries/{delivery_id}",
  summary: "Read a delivery with its attempts",
  description: WEBHOOK_OR_ANY,
  access: credential("runs.read"),
  responses: { 200: { description: "The delivery.", body: DeliveryWithAttempts } },
});

export const listDeliveryAttemptsOperation = defineOperation({
  id: "listDeliveryAttempts",
  method: "GET",
  path: "/v1/webhooks/{id}/deliveries/{delivery_id}/attempts",
  summary: "List a delivery's attempts, oldest first",
  description: WEBHOOK_OR_ANY,
  access: credential("runs.read"),
  responses: { 200: { description: "The attempts.", body: z.object({ items: z.array(DeliveryAttempt) }) } },
});

export const redeliverOperation = defineOperation({
  id: "redeliver",
  method: "POST",
  path: "/v1/webhooks/{id}/deliveries/{delivery_id}/redeliveries",
  summary: "Deliver to the same receiver again, from the run's current state",
  description: `${WEBHOOK_OR_ANY} 422 with the type \`conflict\` while the delivery is in progress, or when the webhook was deleted.`,
  access: credential("deliveries.redeliver"),
  audits: "delivery.redelivered",
  idempotent: { within: "org_id", notFound: "DELIVERY_NOT_FOUND" },
  body: z.strictObject({}).nullish(),
  responses: { 201: { description: "The new delivery, pending.", body: Delivery } },
});
