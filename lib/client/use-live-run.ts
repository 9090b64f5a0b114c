"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { isTerminal } from "@/lib/runs/run";
import { type RunFacts, runOptions } from "./runs";
import { useRunChanges, useStreamState } from "./use-run-changes";

/**
 * One run as it stands now: by the stream, or by polling where there is none.
 * @param shown the run as the page was rendered
 * @param onLate called when something is reported about a run that has ended, which its own facts may not show
 */
export function useLiveRun(shown: RunFacts, onLate: () => void): RunFacts {
  const client = useQueryClient();
  useStreamState(); // The poll's interval hangs on it.
  const options = runOptions(shown.id);
  const { data: run = shown } = useQuery(options);
  useRunChanges(async (changed) => {
    if (changed && !changed.has(run.id)) return;
    if (changed && isTerminal(run.status_code)) onLate();
    await client.invalidateQueries({ queryKey: options.queryKey, exact: true });
  });
  return run;
}
