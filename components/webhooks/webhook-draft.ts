import type { Webhook } from "@/lib/contract/webhooks";
import { EVENT_TYPES, type EventType } from "@/lib/states/delivery";

/** The form values of a webhook. */
export type WebhookDraft = { org_id: string; url: string; event_types: EventType[]; description: string };

export const startDraft = (webhook: Webhook | undefined, orgId: string | undefined): WebhookDraft => ({
  org_id: webhook?.org_id ?? orgId ?? "",
  url: webhook?.url ?? "",
  event_types: webhook?.event_types ?? [...EVENT_TYPES],
  description: webhook?.description ?? "",
});

/** Validation messages, checked before sending. */
export const findMissing = ({ org_id, url, event_types }: WebhookDraft) => ({
  org_id: !org_id && "Choose a customer.",
  url: !url.trim() && "Enter an address.",
  event_types: event_types.length === 0 && "Choose at least one event.",
});

export const toBody = ({ url, event_types, description }: WebhookDraft) => ({
  url: url.trim(),
  event_types,
  description: description.trim() || null,
});

/** Sends only changed fields, so that a colleague's concurrent changes stay. */
export const changesOf = (webhook: Webhook, draft: WebhookDraft) =>
  Object.fromEntries(
    Object.entries(toBody(draft)).filter(
      ([name, value]) => String(value) !== String(webhook[name as keyof Webhook]),
    ),
  );
