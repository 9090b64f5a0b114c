import type { AuditAction } from "@/lib/audit/audit-entry";

/** What was done, in words; the code stands beside it where it matters. */
export const ACTION_WORDS: Record<AuditAction, string> = {
  "run.cancelled": "Cancelled a run",
};
