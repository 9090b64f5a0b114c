import { formatCount, runsOf } from "@/components/cancellation-batches/batch-words";
import { countSelection } from "@/lib/cancellation-batches/count-selection";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import type { Caller } from "@/lib/states/caller";
import { BATCH_MOST_RUNS } from "@/lib/states/cancellation-batch";

type Props = { caller: Caller; q: string; orgId: string | undefined };

/** How many runs match now. Streams in, because counting may take seconds. */
export async function SelectionCount({ caller, q, orgId }: Props) {
  const reach = orgId ? ({ all: false, orgIds: [orgId] } as const) : caller.reach;
  const count = await withListPool(caller, (lists) => countSelection(lists, reach, q));
  if (!count) return <p className="text-ink-muted">Count unavailable (timed out). Narrow the expression.</p>;
  const { live, matching } = count;
  if (matching > BATCH_MOST_RUNS) {
    return <p className="text-warn">More than {runsOf(BATCH_MOST_RUNS)} match. Narrow the expression.</p>;
  }
  const ended = matching - live;
  return (
    <p>
      <span className="text-xl font-semibold">
        {live === 0
          ? "No live run matches"
          : live === 1
            ? "1 live run matches"
            : `${formatCount(live)} live runs match`}
      </span>
      {ended > 0 && (
        <span className="text-ink-muted">
          {" "}
          and {runsOf(ended)} that {ended === 1 ? "has" : "have"} already ended
        </span>
      )}
    </p>
  );
}
