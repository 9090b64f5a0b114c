import { escapeMarkdown } from "@/components/runs/escape-markdown";
import { formatAbsolute } from "@/lib/client/format-time";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { runsOf, STATE_WORDS } from "./batch-words";
import { describeOutcome } from "./describe-outcome";
import { settledOf } from "./outcome-shares";

const MOST_NAMED = 5;

/**
 * A Markdown summary of an ended batch, for a ticket.
 * @param url of the batch's page
 */
export function writeBatchSummary(batch: CancellationBatch, url: string): string {
  const { progress, state, summary, created_by, started_by, aborted_by, started_at, ended_at } = batch;
  const names = summary.by_customer.slice(0, MOST_NAMED).map(({ name }) => escapeMarkdown(name));
  const more = batch.org_ids.length - names.length;
  const facts: [string, string | null][] = [
    ["Outcome", describeOutcome(batch)],
    ["Reason", escapeMarkdown(batch.reason)],
    [
      batch.org_ids.length === 1 ? "Customer" : "Customers",
      names.join(", ") + (more > 0 ? ` and ${more} more` : ""),
    ],
    ["Planned by", escapeMarkdown(created_by.name)],
    ["Started by", started_by && escapeMarkdown(started_by.name)],
    ["Started", started_at && formatAbsolute(started_at)],
    ["Ended", ended_at && formatAbsolute(ended_at)],
    ["Aborted by", aborted_by && escapeMarkdown(aborted_by.name)],
  ];
  const total = settledOf(progress) + progress.remaining;
  return [
    `**[Bulk cancellation of ${runsOf(total)}](${url}): ${STATE_WORDS[state].toLowerCase()}**`,
    "",
    ...facts.flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : [])),
    "",
  ].join("\n");
}
