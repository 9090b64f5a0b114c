import type { ReactNode } from "react";
import { STATUS_WORDS } from "@/components/runs/status-words";
import { StoredText } from "@/components/ui/stored-text";
import type { BatchSummary } from "@/lib/contract/cancellation-batches";
import { formatCount, runsOf } from "./batch-words";

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
          runs,
        }))}
      />
      <Groups
        title="Customer"
        groups={summary.by_customer.map(({ org_id, name, runs }) => ({
          key: org_id,
          label: <StoredText>{name}</StoredText>,
          runs,
        }))}
      />
      <Groups
        title="Model"
        groups={summary.by_model.map(({ model, runs }) => ({ key: model, label: model, runs }))}
      />
    </div>
  );
}

type Group = { key: string; label: ReactNode; runs: number };

function Groups({ title, groups }: { title: string; groups: Group[] }) {
  const most = groups[0]?.runs ?? 1;
  const [shown, rest] = [groups.slice(0, MOST_SHOWN), groups.slice(MOST_SHOWN)];
  return (
    <section aria-label={`Runs by ${title.toLowerCase()}`} className="grid min-w-0 content-start gap-2">
      <h3 className="text-ink-muted text-sm font-medium">{title}</h3>
      <ul className="grid gap-2">
        {shown.map(({ key, label, runs }) => (
          <li key={key} className="grid gap-0.5">
            <div className="flex justify-between gap-3">
              <span className="min-w-0 truncate">{label}</span>
              <span className="tabular-nums">{formatCount(runs)}</span>
            </div>
            <span aria-hidden className="bg-sunken block h-1.5 overflow-hidden rounded-full">
              <span
                className="filled bg-accent-solid block h-full"
                style={{ width: `${(100 * runs) / most}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
      {rest.length > 0 && (
        <p className="text-ink-muted text-sm">
          and {rest.length} more with {runsOf(rest.reduce((sum, { runs }) => sum + runs, 0))}
        </p>
      )}
    </section>
  );
}
