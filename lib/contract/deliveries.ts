import { z } from "zod";
import { DELIVERY_CAUSES, DELIVERY_STATES, EVENT_TYPES } from "@/lib/states/delivery";
import { credential, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { Timestamp, Uuid } from "./values";

export const DeliveryAttempt = z
  .object({
    number: z.int().meta({ description: "1 for the first." }),
    started_at: Timestamp,
    duration_ms: z.int(),
    status: z.int().nullable().meta({ description: "What the receiver answered; null when it didn't." }),
    error: z
      .string()
      .nullable()
      .meta({ description: "Why nothing was answered, as a code: `timeout`, `private_address` …" }),
    response_body: z.string().nullable().meta({ description: "At most the first 4 KiB." }),
    is_signed: z.boolean(),
  })
  .meta({ id: "DeliveryAttempt" });
export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

export const Delivery = z
  .object({
    id: Uuid.meta({
      description: "Sent as `Runflow-Request-Id`; the same each time that this delivery arrives.",
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
    /** Until when nothing is sent to this address, because it failed repeatedly. */
    paused_until: Timestamp.nullable(),
    last_status: z.int().nullable(),
    last_error: z.string().nullable(),
    created_at: Timestamp,
    settled_at: Timestamp.nullable().meta({ description: "When it was delivered or given up." }),
  })
  .meta({ id: "Delivery", description: "One message to one party about one run." });
export type Delivery = z.infer<typeof Delivery>;

export const DeliveryWithAttempts = Delivery.extend({
  body: z.string().meta({ description: "The bytes that are sent, frozen when the delivery was created." }),
  attempts: z.array(DeliveryAttempt),
}).meta({ id: "DeliveryWithAttempts" });
export type DeliveryWithAttempts = z.infer<typeof DeliveryWithAttempts>;

export const DeliveryPage = pageOf(Delivery).meta({ id: "DeliveryPage" });
export type DeliveryPage = z.infer<typeof DeliveryPage>;

export const DeliveryListQuery = z.strictObject({
  state: z.enum(DELIVERY_STATES).optional(),
  event: z.enum(EVENT_TYPES).optional(),
  run_id: Uuid.optional(),
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
});
export type DeliveryListQuery = z.infer<typeof DeliveryListQuery>;

export const getRunCallbackOperation = defineOperation({
  id: "getRunCallback",
  method: "GET",
  path: "/v1/runs/{id}/callback",
  summary: "Read what became of a run's callback",
  access: credential("runs.read"),
  responses: {
    200: {
      description: "The callback's deliveries, the newest first, with their attempts.",
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
    "422 with the type `conflict` for a run that has not ended, has no `callback_url`, or has a delivery under way.",
  access: credential("deliveries.redeliver"),
  audits: "delivery.redelivered",
  idempotent: { within: "org_id", notFound: "RUN_NOT_FOUND" },
  body: z.strictObject({}).nullish(),
  responses: { 201: { description: "The new delivery, pending.", body: Delivery } },
});

const WEBHOOK_OR_ANY =
  "`any` in the place of the webhook's id stands for all, and for the callbacks of runs.";

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
  summary: "List a delivery's attempts, the first one first",
  description: WEBHOOK_OR_ANY,
  access: credential("runs.read"),
  responses: { 200: { description: "The attempts.", body: z.object({ items: z.array(DeliveryAttempt) }) } },
});

export const redeliverOperation = defineOperation({
  id: "redeliver",
  method: "POST",
  path: "/v1/webhooks/{id}/deliveries/{delivery_id}/redeliveries",
  summary: "Deliver to the same party again, from the run's current state",
  description: `${WEBHOOK_OR_ANY} 422 with the type \`conflict\` while the delivery is under way, or when the webhook is gone.`,
  access: credential("deliveries.redeliver"),
  audits: "delivery.redelivered",
  idempotent: { within: "org_id", notFound: "DELIVERY_NOT_FOUND" },
  body: z.strictObject({}).nullish(),
  responses: { 201: { description: "The new delivery, pending.", body: Delivery } },
});
