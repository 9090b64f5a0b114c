"use client";

import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import type { Approval } from "@/lib/contract/approvals";

const DecideDialog = lazyDialog(() => import("./decide-dialog").then((module) => module.DecideDialog));
const WithdrawDialog = lazyDialog(() => import("./withdraw-dialog").then((module) => module.WithdrawDialog));

type Props = {
  approval: Approval;
  isOwn: boolean;
  /** Why the person can't decide it, if so. */
  disabledReason: string | undefined;
};

/** Approve and refuse for a second person; withdraw for the requester. */
export function ApprovalActions({ approval, isOwn, disabledReason }: Props) {
  const [approve, refuse, withdraw] = [useDialog(), useDialog(), useDialog()];
  const isOpen = approval.state === "pending" || approval.state === "approved";
  const off = disabledReason !== undefined && {
    "aria-disabled": true,
    "aria-describedby": "decision-disabled-reason",
  };
  return (
    <div className="grid justify-items-end gap-1.5 max-sm:w-full max-sm:justify-items-stretch">
      <div className="flex flex-wrap gap-2 max-sm:*:flex-1">
        {isOwn && isOpen && <Button {...withdraw.opener}>Withdraw…</Button>}
        {approval.state === "pending" && (
          <>
            <Button {...refuse.opener} {...off}>
              Refuse…
            </Button>
            <Button {...approve.opener} {...off} variant="primary">
              Approve…
            </Button>
          </>
        )}
      </div>
      {approval.state === "pending" && disabledReason && (
        <p id="decision-disabled-reason" className="text-ink-muted text-sm sm:text-right">
          {disabledReason}
        </p>
      )}
      <DecideDialog {...approve.props} approval={approval} decision="approval" />
      <DecideDialog {...refuse.props} approval={approval} decision="refusal" />
      <WithdrawDialog {...withdraw.props} approval={approval} />
    </div>
  );
}
