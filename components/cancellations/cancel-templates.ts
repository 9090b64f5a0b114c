import type { ReasonTemplate } from "./reason-templates";

/** The most common reasons to cancel. */
export const CANCEL_TEMPLATES: readonly ReasonTemplate[] = [
  { label: "Duplicate submission", text: "Ticket #: duplicate submission" },
  { label: "Stuck", text: "Ticket #: stuck, no progress" },
  { label: "Abuse", text: "Ticket #: abuse of a key" },
];
