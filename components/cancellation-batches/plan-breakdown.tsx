import type { ReactNode } from "react";
import { STATUS_WORDS } from "@/components/runs/status-words";
import { BarList } from "@/components/ui/bar-list";
import { StoredText } from "@/components/ui/stored-text";
import type { BatchSummary } from "@/lib/contract/cancellation-batches";
import { runsOf } from "./batch-words";

const MOST_SHOWN = 7;

/** The runs to cancel by status, customer and model. */
export function PlanBreakdown({ summary }: { summary: BatchSummary }) {
  return (
    <div className="grid gap-x-8 gap-y-5 md:grid-cols-3">
      <Groups
        title="Status"
        groups={summary.by_status.map(({ status_code, runs }) => ({
          key: status_code,
          label: STATUS_WORDS[status_code],
          count: runs,
        }))}
      />
      <Groups
        title="Customer"
        groups={summary.by_customer.map(({ org_id, name, runs }) => ({
          key: org_id,
          label: <StoredText>{name}</StoredText>,
          count: runs,
        }))}
      />
      <Groups
        title="Model"
        groups={summary.by_model.map(({ model, runs }) => ({ key: model, label: model, count: runs }))}
      />
    </div>
  );
}

type Group = { key: string; label: ReactNode; count: number };

function Groups({ title, groups }: { title: string; groups: Group[] }) {
  const [shown, rest] = [groups.slice(0, MOST_SHOWN), groups.slice(MOST_SHOWN)];
  return (
    <section aria-label={`Runs by ${title.toLowerCase()}`} className="grid min-w-0 content-start gap-2">
      <h3 className="text-ink-muted text-sm font-medium">{title}</h3>
      <BarList bars={shown} />
      {rest.length > 0 && (
        <p className="text-ink-muted text-sm">
          and {rest.length} more with {runsOf(rest.reduce((sum, { count }) => sum + count, 0))}
        </p>
      )}
    </section>
  );
}
