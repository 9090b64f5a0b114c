"use client";

import { offerApproval } from "@/components/approvals/offer-approval";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import { enablePerson } from "@/lib/client/people";
import { useChange } from "@/lib/client/use-change";
import { grantOf } from "./person-draft";
import type { StaffPerson } from "./staff-person";

/** Confirms that a person may sign in again. */
export function EnableDialog({ person, ...dialog }: DialogProps & { person: StaffPerson }) {
  const enable = useChange(() => enablePerson(person.id), dialog.onClose);
  return (
    <ConfirmDialog
      {...dialog}
      title="Enable this person?"
      confirm="Enable person"
      keep="Keep disabled"
      isBusy={enable.isPending}
      failure={enable.error}
      isRepeatable
      explain={offerApproval(grantOf(person))}
      onConfirm={() => enable.mutate(undefined)}
    >
      <p>
        <StoredText className="text-ink">{person.name}</StoredText> can sign in again, with the same role and
        access as before. Their keys work again.
      </p>
    </ConfirmDialog>
  );
}
