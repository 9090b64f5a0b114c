"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useDeferredValue, useMemo, useOptimistic, useState, useTransition } from "react";
import type { Viewer } from "@/components/cancellations/viewer";
import { cx } from "@/components/ui/class-names";
import { PageHeader } from "@/components/ui/page-header";
import { useSelection } from "@/components/ui/use-selection";
import { paths } from "@/lib/client/paths";
import { togglePause, usePausable } from "@/lib/client/pause";
import { readRunDisplay, type RunFilters, writeRunFilters } from "@/lib/client/run-filters";
import type { RunRow } from "@/lib/client/runs";
import { useLiveList } from "@/lib/client/use-live-list";
import { useSessionEnded } from "@/lib/client/use-session-ended";
import type { ExpressionError } from "./expression-box";
import { LiveControl } from "./live-control";
import { NewRunsButton } from "./new-runs-button";
import type { Directory } from "./run-cells";
import { RunFilterBar } from "./run-filter-bar";
import { RunPages, type Place } from "./run-pages";
import { RunTable } from "./run-table";
import { useRunActions } from "./use-run-actions";
import type { Customer } from "@/lib/client/organizations";
import { usePrefetch } from "./use-prefetch";
import { ViewTabs } from "./view-tabs";

type Props = {
  filters: RunFilters;
  expression: string;
  expressionError: ExpressionError | undefined;
  /** Identifies this rendering of the list; the rows come hydrated in the query cache. */
  pageKey: string;
  /** The newest time on the page, or null if new runs don't belong on this page. */
  newestAt: string | null;
  /** The customers in the rows and filters. */
  orgs: readonly Customer[];
  /** The keys that created runs, by run. */
  keys: Record<string, string>;
  viewer: Viewer;
  directory: Directory;
  place: Place;
  /** Replaces the table when it has no rows. */
  empty: ReactNode;
};

export function RunsView(props: Props) {
  const { expression, pageKey, newestAt, orgs, keys, directory, viewer, expressionError } = props;
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [asked, setAsked] = useOptimistic(props.filters);
  const { display, show } = useDisplay();
  // The choice shows at once; the table, which takes longer, follows without keeping the page busy.
  const drawn = useDeferredValue(display);
  const filters = { ...asked, columns: display.columns, density: display.density };
  const isPaused = usePausable();

  const countSince = expressionError ? null : newestAt;
  const { rows, newCount, isFailing } = useLiveList({ pageKey, expression, countSince, isPaused });
  const shown = useLastRows(rows, expressionError !== undefined);
  const isStale = shown !== rows;
  const selection = useSelection(rows);
  const { menu, cancel, cancelSelection, bar } = useRunActions<RunRow>({
    rows: shown,
    viewer,
    orgs,
    keys,
    selection,
  });
  const prefetch = usePrefetch();

  const change = (next: RunFilters) => {
    const address = paths.runs(writeRunFilters(next));
    // Columns and density need no server, so they bypass the router.
    if (isSameList(next, filters)) {
      show(next);
      return window.history.replaceState(null, "", keepPlace(address));
    }
    startTransition(() => {
      setAsked(next);
      router.replace(address, { scroll: false });
    });
  };
  const showNewRuns = () => startTransition(() => router.refresh());
  const hasEnded = useSessionEnded();
  const state = hasEnded ? "stopped" : isPaused ? "paused" : isFailing ? "failing" : "live";

  return (
    <div aria-busy={isPending} className="flex flex-1 flex-col">
      <PageHeader title="Runs">
        <div className="mr-auto">
          <NewRunsButton count={newCount} onShow={showNewRuns} />
        </div>
        <LiveControl state={state} onToggle={togglePause} />
      </PageHeader>
      <ViewTabs here={paths.runs(writeRunFilters(filters))} />
      <div className="px-4 pb-3 lg:px-6">
        <RunFilterBar
          filters={filters}
          models={Object.keys(directory.profiles)}
          orgs={orgs}
          expressionError={expressionError}
          expression={expression}
          onChange={change}
        />
      </div>
      <div
        inert={isStale}
        className={cx(
          // Its own layer from the start: making it when a press fades it repaints every row.
          "bg-surface flex-1 border-t transition-opacity duration-100 will-change-[opacity]",
          // Most responses arrive sooner and need no spinner.
          (isPending || isStale) && "opacity-55 delay-150",
        )}
      >
        {shown.length > 0 ? (
          <>
            <RunTable
              rows={shown}
              directory={directory}
              display={{ ...drawn, sort: filters.sort }}
              onSort={(sort) => change({ ...filters, sort })}
              selection={selection}
              menu={menu}
              onCancel={cancel}
              onCancelSelection={cancelSelection}
              onApproach={prefetch}
            />
            {bar}
            <RunPages count={shown.length} place={props.place} filters={filters} />
          </>
        ) : (
          props.empty
        )}
      </div>
    </div>
  );
}

/** Columns and density, from the URL. A choice shows at once; the URL follows in a transition. */
function useDisplay() {
  const search = useSearchParams();
  const [chosen, setChosen] = useState<{ over: typeof search; display: RunFilters }>();
  const given = useMemo(() => readRunDisplay(Object.fromEntries(search)), [search]);
  const display = chosen?.over === search ? chosen.display : given;
  return { display, show: (next: RunFilters) => setChosen({ over: search, display: next }) };
}

const isSameList = (a: RunFilters, b: RunFilters): boolean => {
  const listOf = ({ columns: _c, density: _d, ...list }: RunFilters) => JSON.stringify(list);
  return listOf(a) === listOf(b);
};

/** Changing only the display keeps the page of the list. */
function keepPlace(address: string): string {
  const url = new URL(address, location.origin);
  for (const name of ["at", "pq"]) {
    const value = new URLSearchParams(location.search).get(name);
    if (value) url.searchParams.set(name, value);
  }
  return `${url.pathname}${url.search}`;
}

/** Keeps the previous rows while the expression is invalid. */
function useLastRows(rows: RunRow[], isFaulty: boolean): RunRow[] {
  const [last, setLast] = useState(rows);
  if (!isFaulty && last !== rows) setLast(rows);
  return isFaulty ? last : rows;
}
