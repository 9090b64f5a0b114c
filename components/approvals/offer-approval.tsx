import { latePart } from "@/components/ui/late-part";
import { ApiError } from "@/lib/client/api-error";
import type { ApprovalAction } from "@/lib/client/approvals";

const ApprovalOffer = latePart(() => import("./approval-offer").then((module) => module.ApprovalOffer));

/**
 * For a dialog whose action may need a second person: offers to ask for one.
 * @param reason as typed, in a dialog with a reason
 */
export const offerApproval = (action: ApprovalAction, reason?: string) => (failure: Error) =>
  failure instanceof ApiError && failure.has("approval_required") ? (
    <ApprovalOffer {...{ action, reason }} why={failure.message} />
  ) : undefined;
