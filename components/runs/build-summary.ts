import { formatAbsolute, formatDuration } from "@/lib/client/format-time";
import type { AuditEntry } from "@/lib/contract/audit";
import type { Delivery } from "@/lib/contract/deliveries";
import type { RunFacts } from "@/lib/client/runs";
import { escapeMarkdown } from "./escape-markdown";
import { STATUS_WORDS } from "./status-words";

type Account = {
  run: RunFacts;
  customer: string;
  /** The audit entry of its cancel, if it was canceled and the reader may see it. */
  entry: Pick<AuditEntry, "actor" | "meta"> | undefined;
  deliveries: Pick<Delivery, "webhook_id" | "url" | "state">[];
};

const DELIVERY_WORDS: Record<Delivery["state"], string> = {
  delivered: "delivered",
  failed: "failed",
  pending: "pending",
};

/**
 * A Markdown summary of a run, for a ticket.
 * @param url of the run's page
 */
export function buildSummary({ run, customer, entry, deliveries }: Account, url: string): string {
  const facts: [string, string | null][] = [
    ["Customer", escapeMarkdown(customer)],
    ["Model", escapeMarkdown(run.model)],
    ["Client ref", run.client_ref && escapeMarkdown(run.client_ref)],
    ["Created", formatAbsolute(run.created_at)],
    ["Started", run.started_at && formatAbsolute(run.started_at)],
    ["Ended", run.completed_at && endOf(run.completed_at, run.duration_ms)],
    [
      "Failure",
      run.failure_code && escapeMarkdown([run.failure_code, run.failure_message].filter(Boolean).join(": ")),
    ],
    ["Cost", run.cost && `${run.cost} USD`],
    ["Canceled by", entry ? escapeMarkdown(entry.actor.name) : null],
    ["Reason", entry?.meta.reason ? escapeMarkdown(entry.meta.reason) : null],
    ...deliveries.map(
      ({ webhook_id, url: to, state }) =>
        [webhook_id ? "Webhook" : "Callback", `${DELIVERY_WORDS[state]}, ${escapeMarkdown(to)}`] as [
          string,
          string,
        ],
    ),
  ];
  const lines = facts.flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : []));
  return [
    `**[Run ${run.id}](${url}): ${STATUS_WORDS[run.status_code].toLowerCase()}**`,
    "",
    ...lines,
    "",
  ].join("\n");
}

const endOf = (at: string, durationMs: number | null): string =>
  durationMs === null ? formatAbsolute(at) : `${formatAbsolute(at)}, after ${formatDuration(durationMs)}`;
