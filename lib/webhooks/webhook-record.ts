import { Prisma } from "@/generated/prisma/client";
import { formatTimestamp } from "@/lib/contract/values";
import type { Webhook } from "@/lib/contract/webhooks";

type Moments = "paused_until" | "last_success_at" | "last_failure_at" | "created_at" | "updated_at";

/** A webhook as read from the database. */
export type WebhookRow = Omit<Webhook, Moments> & {
  paused_until: Date | null;
  last_success_at: Date | null;
  last_failure_at: Date | null;
  created_at: Date;
  updated_at: Date;
};

/** Webhooks, to be aliased `r`, with the state of their endpoints. */
export const WEBHOOKS = Prisma.sql`(SELECT w.*, CASE WHEN e.open_until > now() THEN e.open_until END AS paused_until,
    coalesce(e.failures_in_row, 0) AS failures_in_row, e.last_success_at, e.last_failure_at
  FROM webhooks w LEFT JOIN delivery_endpoints e ON e.org_id = w.org_id AND e.origin = origin_of(w.url))`;

/** The columns of a WebhookRow, from `WEBHOOKS` aliased `r`. */
export const WEBHOOK_COLUMNS = Prisma.sql`r.id, r.org_id, r.url, r.event_types, r.description, r.is_enabled, r.created_at,
  r.updated_at, r.paused_until, r.failures_in_row, r.last_success_at, r.last_failure_at`;

export function toWebhook(row: WebhookRow): Webhook {
  const { id, org_id, url, event_types, description, is_enabled, failures_in_row } = row;
  return {
    id,
    org_id,
    url,
    event_types,
    description,
    is_enabled,
    failures_in_row,
    paused_until: row.paused_until && formatTimestamp(row.paused_until),
    last_success_at: row.last_success_at && formatTimestamp(row.last_success_at),
    last_failure_at: row.last_failure_at && formatTimestamp(row.last_failure_at),
    created_at: formatTimestamp(row.created_at),
    updated_at: formatTimestamp(row.updated_at),
  };
}
