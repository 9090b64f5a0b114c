"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import { removeFactor } from "@/lib/client/factors";
import { useChange } from "@/lib/client/use-change";
import type { Factor } from "@/lib/contract/factors";

type Props = DialogProps & { factor: Factor; isLast: boolean };

/** Confirms that one of the person's factors goes. */
export function RemoveFactorDialog({ factor: { id, name }, isLast, ...dialog }: Props) {
  const remove = useChange(() => removeFactor(id), dialog.onClose);
  return (
    <ConfirmDialog
      {...dialog}
      title="Remove this factor?"
      confirm="Remove"
      keep="Keep it"
      isDangerous
      isBusy={remove.isPending}
      failure={remove.error}
      onConfirm={() => remove.mutate(undefined)}
    >
      <p>
        <StoredText className="text-ink">{name}</StoredText> can’t be used to sign in anymore.
        {isLast &&
          " It is your last factor: your password alone then signs you in, and your recovery codes end."}
      </p>
    </ConfirmDialog>
  );
}
