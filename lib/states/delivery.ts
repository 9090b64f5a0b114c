/** What a customer can be told about a run. Run records say `canceled`, events say `run.cancelled`: both are stable. */
export const EVENT_TYPES = ["run.completed", "run.failed", "run.cancelled", "run.partial_succeeded"] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** `failed`: it ran out of attempts, or its address may not be called. It stays, and can be delivered again. */
export const DELIVERY_STATES = ["pending", "delivered", "failed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Why it exists: its run ended, someone asked for it again, or someone tried a webhook out. */
export const DELIVERY_CAUSES = ["transition", "redelivery", "test"] as const;
export type DeliveryCause = (typeof DELIVERY_CAUSES)[number];

/** Over about a day; see `lib/deliveries/backoff.ts`. */
export const MAX_ATTEMPTS = 8;

export const EVENT_DESCRIPTIONS: Record<EventType, string> = {
  "run.completed": "A run succeeded; its output is in the payload.",
  "run.failed": "A run failed.",
  "run.cancelled": "A run was cancelled by the platform's staff. It has no output.",
  "run.partial_succeeded": "A run succeeded in part; what it has is in the payload.",
};

/** Why an address is not even tried. */
export type TargetFault =
  "url_parsing" | "url_credentials" | "url_host_too_long" | "url_scheme" | "url_port" | "url_host_not_public";

/** Why an attempt failed, where no answer says it or the answer doesn't count. */
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
