import type { RunStatus } from "@/lib/states/run";

/** The label of each status. */
export const STATUS_WORDS: Record<RunStatus, string> = {
  queued: "Queued",
  dispatching: "Dispatching",
  running: "Running",
  succeeded: "Succeeded",
  failed: "Failed",
  partial_succeeded: "Partly succeeded",
  canceled: "Canceled",
};

/** Success is the rule and stays quiet. Tailwind finds class names only if they are written in full. */
export const STATUS_TEXT: Record<RunStatus, string> = {
  queued: "text-status-queued",
  dispatching: "text-status-dispatching",
  running: "text-status-running",
  succeeded: "text-ink-muted",
  failed: "text-status-failed",
  partial_succeeded: "text-status-partial",
  canceled: "text-status-canceled",
};
