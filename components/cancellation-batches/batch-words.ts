import type { BatchState, ItemFilter, ItemOutcome } from "@/lib/contract/cancellation-batches";

export const STATE_WORDS: Record<BatchState, string> = {
  planned: "Planned",
  expired: "Expired",
  running: "Running",
  aborted: "Aborted",
  completed: "Completed",
};

export const OUTCOME_WORDS: Record<ItemOutcome, string> = {
  201: "Canceled",
  200: "Already ended",
  404: "Not found",
  409: "Refused",
  503: "Failed",
};

export const OUTCOME_HINTS: Record<ItemOutcome, string> = {
  201: "This bulk cancellation canceled the run.",
  200: "The run had ended before, so nothing changed.",
  404: "The run doesn’t exist, or the person who planned or started this can’t access it.",
  409: "The person who started this created the run. Someone else has to cancel it.",
  503: "Another request held the run for too long. A retry attempts it again.",
};

export const ITEM_FILTER_WORDS: Record<ItemFilter, string> = {
  ...OUTCOME_WORDS,
  pending: "Waiting",
  open: "Not ended",
  excluded: "Left out",
};

export const formatCount = (count: number): string => count.toLocaleString("en");

/** @returns "1 run", "3,214 runs" */
export const runsOf = (count: number): string => `${formatCount(count)} ${count === 1 ? "run" : "runs"}`;
