"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { mayStillChange, NEW_RUNS_LIMIT, newRunsOptions, runRowsOptions } from "./runs";
import { useHalt } from "./use-halt";
import { useRunChanges, useStreamState } from "./use-run-changes";

/** How many came is less urgent than how a row stands, and dearer to find out. */
const COUNT_EVERY_MS = 2_000;

type List = {
  pageKey: string;
  expression: string;
  /** The newest moment on the page, or null where new runs are not counted. */
  countSince: string | null;
  isPaused: boolean;
};

/** The rows of a page as they stand now, and how many runs came since: by the stream, or by polling where there is none. */
export function useLiveList({ pageKey, expression, countSince, isPaused }: List) {
  const client = useQueryClient();
  const stream = useStreamState();
  const rowsOptions = runRowsOptions(pageKey);
  const rows = useQuery({ ...rowsOptions, enabled: !isPaused });
  useHalt(rowsOptions.queryKey, isPaused);
  const known = rows.data ?? [];
  const ids = known.map(({ id }) => id);
  const isCounting = countSince !== null && !isPaused;
  const newsOptions = newRunsOptions(expression, countSince ?? "", ids);
  const news = useQuery({ ...newsOptions, enabled: isCounting });

  useRunChanges(
    async (changed) => {
      const isOnScreen = known.some((row) => mayStillChange(row) && (!changed || changed.has(row.id)));
      if (isOnScreen) await client.invalidateQueries({ queryKey: rowsOptions.queryKey, exact: true });
    },
    { isPaused },
  );
  useRunChanges(
    async (changed) => {
      const isElsewhere = !changed || [...changed].some((id) => !ids.includes(id));
      if (!isElsewhere || (news.data ?? 0) >= NEW_RUNS_LIMIT) return;
      await client.invalidateQueries({ queryKey: newsOptions.queryKey, exact: true });
    },
    { isPaused: !isCounting, everyMs: COUNT_EVERY_MS },
  );
  const isFailing = stream === "failing" || rows.isRefetchError || news.isRefetchError;
  return { rows: known, newCount: isCounting ? (news.data ?? 0) : 0, isFailing };
}
