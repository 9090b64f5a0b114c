import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { BatchCounts, CancellationBatch } from "@/lib/contract/cancellation-batches";
import { formatCount, runsOf } from "./batch-words";
import { PlanBreakdown } from "./plan-breakdown";

/** Before the start: the runs to cancel, the others with the reason, and their value. */
export function PlanPreview({ batch: { state, counts, summary } }: { batch: CancellationBatch }) {
  const { cancelable } = counts;
  return (
    <Panel id="preview" title="Preview">
      <div className="grid gap-x-10 gap-y-5 p-4 xl:grid-cols-[22rem_minmax(0,1fr)]">
        <div className="grid content-start gap-3">
          <p role="status" className="text-xl font-semibold">
            {cancelable === 0
              ? "No run can be canceled"
              : `${runsOf(cancelable)} ${state === "expired" ? "would have been" : "will be"} canceled`}
          </p>
          <ul className="marker:text-ink-faint grid list-disc gap-1 pl-4">
            {explainRest(counts).map((line) => (
              <li key={line}>{line}</li>
            ))}
            <li>
              Nothing is refunded. Providers may keep computing, and customers are billed for that work.
            </li>
          </ul>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
            <dt className="text-ink-muted">At stake</dt>
            <dd>
              <span className="font-medium tabular-nums">{formatMoney(summary.value_at_stake)}</span>{" "}
              <span className="text-ink-muted">at list prices</span>
            </dd>
            {summary.oldest_at && summary.newest_at && (
              <>
                <dt className="text-ink-muted">Oldest</dt>
                <dd>
                  created <RelativeTime time={summary.oldest_at} />
                </dd>
                <dt className="text-ink-muted">Newest</dt>
                <dd>
                  created <RelativeTime time={summary.newest_at} />
                </dd>
              </>
            )}
          </dl>
        </div>
        <PlanBreakdown summary={summary} />
      </div>
    </Panel>
  );
}

/** The runs that stay as they are, with the reason. */
function explainRest({ terminal, own, out_of_reach: unknown, excluded }: BatchCounts): string[] {
  const be = (count: number) => `${formatCount(count)} ${count === 1 ? "is" : "are"}`;
  return [
    terminal > 0 &&
      `${formatCount(terminal)} ${terminal === 1 ? "has" : "have"} already ended; nothing changes.`,
    own > 0 && `${be(own)} your own. Someone else has to cancel ${own === 1 ? "it" : "them"}.`,
    unknown > 0 &&
      `${formatCount(unknown)} ${unknown === 1 ? "was" : "were"} not found when this was planned.`,
    excluded > 0 && `${be(excluded)} left out.`,
  ].filter((line) => line !== false);
}

const formatMoney = (usd: string): string => {
  const [whole = "0", fraction = ""] = usd.split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction.padEnd(2, "0")} USD`;
};
