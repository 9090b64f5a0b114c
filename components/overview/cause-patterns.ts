import type { ChartPattern } from "@/components/ui/chart-patterns";
import type { CancelCause } from "@/lib/contract/overview";

/** The color and pattern of each cause. */
export const CAUSE_FILLS: Record<CancelCause, string> = {
  Duplicate: "var(--status-running)",
  Stuck: "url(#cause-stuck)",
  Abuse: "url(#cause-abuse)",
  Other: "url(#cause-other)",
  "No reason": "url(#cause-none)",
};

export const CAUSE_PATTERNS: readonly ChartPattern[] = [
  { id: "cause-stuck", shape: "stripes", on: "warn-tint", color: "status-partial" },
  { id: "cause-abuse", shape: "dots", on: "danger-tint", color: "status-failed" },
  { id: "cause-other", shape: "grid", on: "success-tint", color: "status-succeeded" },
  { id: "cause-none", shape: "lines", on: "sunken", color: "control" },
];
