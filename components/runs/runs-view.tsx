"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useOptimistic, useTransition } from "react";
import type { Viewer } from "@/components/cancellations/viewer";
import { useSelection } from "@/components/ui/use-selection";
import { cx } from "@/components/ui/class-names";
import { PageHeader } from "@/components/ui/page-header";
import { paths } from "@/lib/client/paths";
import { togglePause, usePausable } from "@/lib/client/pause";
import { type RunFilters, writeRunFilters } from "@/lib/client/run-filters";
import { useLiveList } from "@/lib/client/use-live-list";
import type { RunRow } from "@/lib/client/runs";
import { useSessionEnded } from "@/lib/client/use-session-ended";
import { type Customer, useRunActions } from "./use-run-actions";
import type { ExpressionError } from "./expression-box";
import { LiveControl } from "./live-control";
import { NewRunsButton } from "./new-runs-button";
import type { Directory } from "./run-cells";
import { RunFilterBar } from "./run-filter-bar";
import { RunTable } from "./run-table";

type Props = {
  filters: RunFilters;
  expression: string;
  expressionError: ExpressionError | undefined;
  /** Names this rendering of the list; the rows themselves come hydrated into the query cache. */
  pageKey: string;
  /** The newest moment on the page, or null where new runs would not belong to this page. */
  newestAt: string | null;
  orgs: readonly Customer[];
  /** The keys that created runs, by run. */
  keys: Record<string, string>;
  viewer: Viewer;
  directory: Directory;
  pagination: ReactNode;
  /** What stands in the place of the table when there are no rows to show. */
  empty: ReactNode;
};

export function RunsView(props: Props) {
  const { expression, pageKey, newestAt, orgs, directory, viewer, keys } = props;
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [filters, setFilters] = useOptimistic(props.filters);
  const isPaused = usePausable();

  const countSince = props.expressionError ? null : newestAt;
  const { rows, newCount, isFailing } = useLiveList({ pageKey, expression, countSince, isPaused });

  const selection = useSelection(rows);
  const { menu, cancel, bar } = useRunActions<RunRow>({ viewer, orgs, keys, selection });

  const change = (next: RunFilters) =>
    startTransition(() => {
      setFilters(next);
      router.replace(paths.runs(writeRunFilters(next)), { scroll: false });
    });
  const showNewRuns = () => startTransition(() => router.refresh());
  const hasEnded = useSessionEnded();
  const state = hasEnded ? "stopped" : isPaused ? "paused" : isFailing ? "failing" : "live";

  return (
    <div aria-busy={isPending} className="flex flex-1 flex-col">
      <PageHeader title="Runs">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <NewRunsButton count={newCount} onShow={showNewRuns} />
          <LiveControl state={state} onToggle={togglePause} />
        </div>
      </PageHeader>
      <div className="px-4 pb-3 lg:px-6">
        <RunFilterBar
          filters={filters}
          models={Object.keys(directory.profiles)}
          orgs={orgs}
          expressionError={props.expressionError}
          onChange={change}
        />
      </div>
      <div
        className={cx(
          "bg-surface flex-1 border-t transition-opacity duration-100",
          isPending && "opacity-55",
        )}
      >
        {rows.length > 0 ? (
          <>
            <RunTable
              rows={rows}
              directory={directory}
              display={filters}
              onSort={(sort) => change({ ...filters, sort })}
              selection={selection}
              menu={menu}
              onCancel={cancel}
            />
            {bar}
            <div className="px-4 py-3 lg:px-6">{props.pagination}</div>
          </>
        ) : (
          props.empty
        )}
      </div>
    </div>
  );
}
