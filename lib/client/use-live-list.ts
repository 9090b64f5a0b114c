"use client";

import { useQuery } from "@tanstack/react-query";
import { isInterrupted } from "./polling";
import { newRunsOptions, runRowsOptions } from "./runs";
import { useCancelInFlight } from "./use-cancel-in-flight";

type List = {
  pageKey: string;
  expression: string;
  /** The newest time on the page, or null to not count new runs. */
  countSince: string | null;
  isPaused: boolean;
};

/** The current state of a page's rows, and how many runs arrived since. */
export function useLiveList({ pageKey, expression, countSince, isPaused }: List) {
  const rowsOptions = runRowsOptions(pageKey);
  const rows = useQuery({ ...rowsOptions, enabled: !isPaused });
  useCancelInFlight(rowsOptions.queryKey, isPaused);
  const known = rows.data ?? [];
  const newsOptions = newRunsOptions(
    expression,
    countSince ?? "",
    known.map(({ id }) => id),
  );
  const isCounting = countSince !== null && !isPaused;
  const news = useQuery({ ...newsOptions, enabled: isCounting });
  useCancelInFlight(newsOptions.queryKey, isPaused);
  return {
    rows: known,
    newCount: isCounting ? news.data : 0,
    isFailing: isInterrupted(rows) || isInterrupted(news),
  };
}
