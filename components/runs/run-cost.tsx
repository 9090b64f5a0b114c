import { cx } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import { formatDuration } from "@/lib/client/format-time";
import type { RunFacts } from "@/lib/client/runs";
import { readCostParts } from "./cost-parts";

type Props = {
  run: RunFacts;
  /** The run's cost breakdown. */
  breakdown: unknown;
  /** How long compute continued after the cancel, from the billed report, in milliseconds. */
  lateMs: number | null;
};

export function RunCost({ run, breakdown, lateMs }: Props) {
  return (
    <Panel id="cost" title="Cost">
      <div className="px-4 py-3">
        <p className={cx("text-lg font-semibold", run.cost === null && "text-ink-muted")}>{amount(run)}</p>
        <p className="text-ink-muted text-sm">{explain(run, lateMs)}</p>
        <Breakdown parts={readCostParts(breakdown)} />
      </div>
    </Panel>
  );
}

function Breakdown({ parts }: { parts: [string, string][] }) {
  if (parts.length === 0) return null;
  return (
    <dl aria-label="Cost breakdown" className="mt-2 grid gap-1 border-t pt-2">
      {parts.map(([part, value]) => (
        <div key={part} className="flex justify-between gap-3">
          <dt className="text-ink-muted">
            <StoredText>{part}</StoredText>
          </dt>
          <dd className="tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function amount({ cost, completed_at, status_code }: RunFacts): string {
  if (cost !== null) return `${cost} USD`;
  return completed_at && status_code !== "canceled" ? "No charge" : "Not known yet";
}

function explain({ cost, status_code, completed_at }: RunFacts, lateMs: number | null): string {
  if (status_code === "canceled" && cost !== null && lateMs !== null && lateMs > 0)
    return `The provider kept computing for ${formatDuration(lateMs)} after the cancel; ${cost} USD billed.`;
  if (cost !== null) return "Charged by the provider.";
  if (status_code === "canceled") return "Billed once the provider reports its charge.";
  if (status_code === "failed") return "Failed runs aren’t billed.";
  if (completed_at) return "The provider reported no charge.";
  return "Reported by the provider when the run ends.";
}
