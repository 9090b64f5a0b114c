"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { withdrawApproval } from "@/lib/client/approvals";
import { useChange } from "@/lib/client/use-change";
import type { Approval } from "@/lib/contract/approvals";

/** Takes back one's own request. */
export function WithdrawDialog({ approval, ...dialog }: DialogProps & { approval: Approval }) {
  const withdraw = useChange(() => withdrawApproval(approval.id), dialog.onClose);
  return (
    <ConfirmDialog
      {...dialog}
      title="Withdraw your request?"
      confirm="Withdraw"
      keep="Keep request"
      isBusy={withdraw.isPending}
      failure={withdraw.error}
      onConfirm={() => withdraw.mutate(undefined)}
    >
      <p>
        {approval.state === "approved"
          ? "The approval can’t be used anymore."
          : "Nobody needs to decide it anymore."}{" "}
        You can ask again.
      </p>
    </ConfirmDialog>
  );
}
