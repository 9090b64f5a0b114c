import { Prisma } from "@/generated/prisma/client";
import { formatTimestamp } from "@/lib/contract/values";
import type { Webhook } from "@/lib/contract/webhooks";

type Moments = "paused_until" | "last_success_at" | "last_failure_at" | "created_at" | "updated_at";

/** A webhook as it is read. */
export type WebhookRow = Omit<Webhook, Moments> & {
  paused_until: Date | null;
  last_success_at: Date | null;
  last_failure_at: Date | null;
  created_at: Date;
  updated_at: Date;
};

/** A WebhookRow of a `webhooks` that is called `r`, with how its address has been doing. */
export const SELECT_WEBHOOK = Prisma.sql`SELECT r.id, r.org_id, r.url, r.event_types, r.description, r.is_enabled,
    r.created_at, r.updated_at, CASE WHEN e.open_until > now() THEN e.open_until END AS paused_until,
    coalesce(e.failures_in_row, 0) AS failures_in_row, e.last_success_at, e.last_failure_at
  FROM webhooks r LEFT JOIN delivery_endpoints e ON e.org_id = r.org_id AND e.origin = origin_of(r.url)`;

export function toWebhook(row: WebhookRow): Webhook {
  return {
    ...row,
    paused_until: row.paused_until && formatTimestamp(row.paused_until),
    last_success_at: row.last_success_at && formatTimestamp(row.last_success_at),
    last_failure_at: row.last_failure_at && formatTimestamp(row.last_failure_at),
    created_at: formatTimestamp(row.created_at),
    updated_at: formatTimestamp(row.updated_at),
  };
}
