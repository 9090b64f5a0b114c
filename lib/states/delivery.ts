/**
 * The events that a customer can subscribe to. Runs say `canceled`, events `run.cancelled`; both are stable.
 */
export const EVENT_TYPES = ["run.completed", "run.failed", "run.cancelled", "run.partial_succeeded"] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** `failed`: out of attempts, or its URL may not be called. Kept, and can be redelivered. */
export const DELIVERY_STATES = ["pending", "delivered", "failed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Why the delivery exists: its run ended, someone asked for a redelivery, or someone tested a webhook. */
export const DELIVERY_CAUSES = ["transition", "redelivery", "test"] as const;
export type DeliveryCause = (typeof DELIVERY_CAUSES)[number];

/** Over about a day; see `lib/deliveries/backoff.ts`. */
export const MAX_ATTEMPTS = 8;

export const EVENT_DESCRIPTIONS: Record<EventType, string> = {
  "run.completed": "A run succeeded. Its output is in the payload.",
  "run.failed": "A run failed.",
  "run.cancelled": "Platform staff canceled a run. It has no output.",
  "run.partial_succeeded": "A run partly succeeded. The payload has the output that exists.",
};

/** Why a URL must not be called. */
export type TargetFault =
  "url_parsing" | "url_credentials" | "url_host_too_long" | "url_scheme" | "url_port" | "url_host_not_public";

/** Why an attempt failed without a usable response. */
export type AttemptError =
  | TargetFault
  | "timeout"
  | "connection_refused"
  | "connection_reset"
  | "connection_failed"
  | "name_not_found"
  | "unreachable"
  | "private_address"
  | "redirect_not_followed"
  | "gone"
  | "tls_failed"
  | "no_http"
  | "not_signed";
