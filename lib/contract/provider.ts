import { z } from "zod";
import { EVENT_OUTCOMES, PROVIDER_STATUSES } from "@/lib/states/run";
import { defineOperation, exempt, provider } from "./operation";
import { StorableText } from "./storable-text";
import { JsonObject, Money, Uuid } from "./values";

export const ProviderEventBody = z
  .strictObject({
    event_id: StorableText(255).min(1),
    status_code: z.enum(PROVIDER_STATUSES),
    occurred_at: z.iso.datetime({ offset: true }),
    sent_at: z.iso
      .datetime({ offset: true })
      .nullish()
      .meta({ description: "When this message was signed, for an event that is reported late." }),
    output: JsonObject.nullish(),
    cost: Money.max(20).nullish(),
    failure_code: StorableText(100).nullish(),
    failure_message: StorableText(2000).nullish(),
    failure_stage_code: StorableText(100).nullish(),
  })
  .meta({ id: "ProviderEvent" });
export type ProviderEventBody = z.infer<typeof ProviderEventBody>;

export const ProviderEventReceipt = z
  .object({ event_id: z.string(), run_id: Uuid, outcome: z.enum(EVENT_OUTCOMES) })
  .meta({ id: "ProviderEventReceipt", description: "The outcome of the event." });
export type ProviderEventReceipt = z.infer<typeof ProviderEventReceipt>;

/** `t=<seconds since 1970>,v2=<HMAC-SHA256>` of time, method, path and raw body, with a current secret. */
export const PROVIDER_SIGNATURE_HEADER = "Runflow-Provider-Signature";

/** Version 1, which covers the body alone: 64 lowercase hex digits. */
export const SIGNATURE_HEADER = "Runflow-Signature";

/** How far `t`, or `sent_at` with version 1, may be from our clock; limits replays of a captured request. */
export const SIGNATURE_WINDOW_MS = 5 * 60_000;

export const applyProviderEventOperation = defineOperation({
  id: "applyProviderEvent",
  method: "POST",
  path: "/v1/provider/runs/{run_id}/events",
  summary: "Report a provider event",
  description:
    `Signed in \`${PROVIDER_SIGNATURE_HEADER}\`: \`t=T,v2=S\`. T is the current time in seconds since 1970, within five ` +
    "minutes of our clock. S is 64 lowercase hex digits: the HMAC-SHA256 of `v2`, T, `POST` and the path, each followed " +
    `by a line feed, and then the raw body. Unless it is switched off, version 1 is accepted too: \`${SIGNATURE_HEADER}\` ` +
    "with the HMAC-SHA256 of the raw body, whose `sent_at` (or `occurred_at`) must be within five minutes of our clock. " +
    "An `event_id` counts once per run. Returns 200 even for dropped events.",
  access: provider,
  audits: exempt(
    "Every event is kept in provider_events with its outcome, and every charge in ledger_entries; both are append-only.",
  ),
  body: ProviderEventBody,
  responses: {
    200: { description: "The event is in the ledger, with its outcome.", body: ProviderEventReceipt },
  },
});
