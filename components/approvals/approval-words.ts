import type { ApprovalState } from "@/lib/states/approval";

export const STATE_WORDS: Record<ApprovalState, string> = {
  pending: "Waiting",
  approved: "Approved",
  refused: "Refused",
  withdrawn: "Withdrawn",
  used: "Used",
  expired: "Expired",
};
