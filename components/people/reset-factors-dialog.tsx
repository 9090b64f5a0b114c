"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import { resetFactors } from "@/lib/client/people";
import { useChange } from "@/lib/client/use-change";
import type { StaffPerson } from "./staff-person";

/** Confirms that a colleague has lost their second factors. */
export function ResetFactorsDialog({ person, ...dialog }: DialogProps & { person: StaffPerson }) {
  const reset = useChange(() => resetFactors(person.id), dialog.onClose);
  return (
    <ConfirmDialog
      {...dialog}
      title="Reset this person’s second factor?"
      confirm="Reset second factor"
      keep="Keep it"
      isDangerous
      isBusy={reset.isPending}
      failure={reset.error}
      isRepeatable
      onConfirm={() => reset.mutate(undefined)}
    >
      <p>
        <StoredText className="text-ink">{person.name}</StoredText>’s authenticator apps, passkeys and
        recovery codes stop working, and their sessions end. Their password alone then signs them in, so make
        sure that it’s really them who asked.
      </p>
    </ConfirmDialog>
  );
}
