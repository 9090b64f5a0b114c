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

/** Tailwind finds class names only if they are written in full. */
export const STATUS_TEXT: Record<RunStatus, string> = {
  queued: "text-status-queued",
  dispatching: "text-status-dispatching",
  running: "text-status-running",
  succeeded: "text-status-succeeded",
  failed: "text-status-failed",
  partial_succeeded: "text-status-partial",
  canceled: "text-status-canceled",
};
