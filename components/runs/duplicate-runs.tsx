import Link from "next/link";
import { cx } from "@/components/ui/class-names";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { Mark } from "@/components/ui/mark";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { formatClock } from "@/lib/client/format-time";
import { paths } from "@/lib/client/paths";
import type { DuplicateRun, Duplicates } from "@/lib/contract/duplicate";
import { compareRuns, nameOrder, summarizeDuplicates } from "./describe-duplicates";
import { ShortId } from "./short-id";
import { StatusBadge } from "./status-badge";

type Props = {
  duplicates: Duplicates;
  /** All runs with the same client ref, as a `q` expression; absent if the run has none. */
  expression: string | undefined;
};

/** Possible duplicates of one request, in order: which came first, and whether their inputs match. */
export function DuplicateRuns({ duplicates, expression }: Props) {
  const { runs } = duplicates;
  if (runs.length === 0) return null;
  const self = runs.find(({ isSelf }) => isSelf)!;
  return (
    <Panel
      id="duplicates"
      title="Possible duplicates"
      aside={
        expression && (
          <Link href={paths.runs({ q: expression })} prefetch={false} className={ASIDE_LINK}>
            View as list<span className="sr-only">: same client ref</span>
          </Link>
        )
      }
    >
      <p className="px-4 py-2.5">{summarizeDuplicates(duplicates)}</p>
      <ol className="divide-y border-t">
        {runs.map((run, index) => (
          <Duplicate key={run.id} run={run} self={self} order={index} />
        ))}
      </ol>
    </Panel>
  );
}

function Duplicate({ run, self, order }: { run: DuplicateRun; self: DuplicateRun; order: number }) {
  return (
    <li
      className={cx(
        "grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-start gap-x-3 px-4 py-2",
        run.isSelf && "bg-hover",
      )}
    >
      <span>
        <Mark tone={order === 0 ? "neutral" : "warn"} isSmall>
          {nameOrder(order)}
        </Mark>
      </span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3">
          {run.isSelf ? (
            <span className="font-medium">This run</span>
          ) : (
            <Link
              href={paths.run(run.id)}
              prefetch={false}
              className="text-accent inline-block py-1 hover:underline"
            >
              <ShortId id={run.id} isAlwaysShort />
            </Link>
          )}
          <StatusBadge status={run.status_code} />
        </div>
        {!run.isSelf && <p className="text-ink-muted text-sm">{compareRuns(run, self)}</p>}
      </div>
      <Moment time={run.created_at} className="mono text-ink-muted text-sm whitespace-nowrap">
        {formatClock(run.created_at).slice(0, 8)}
      </Moment>
    </li>
  );
}
