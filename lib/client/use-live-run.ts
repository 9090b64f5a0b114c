"use client";

import { useQuery } from "@tanstack/react-query";
import { isInterrupted } from "./polling";
import { type RunFacts, runOptions } from "./runs";
import { useSessionEnded } from "./use-session-ended";

/**
 * One run, kept up to date.
 * @param shown the run as the page was rendered
 */
export function useLiveRun(shown: RunFacts): { run: RunFacts; isFailing: boolean } {
  useSessionEnded(); // Rendering again ends the interval.
  const query = useQuery(runOptions(shown.id));
  return { run: query.data ?? shown, isFailing: isInterrupted(query) };
}
