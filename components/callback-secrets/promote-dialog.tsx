"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import { promoteCallbackSecret } from "@/lib/client/callback-secrets";
import { useChange } from "@/lib/client/use-change";
import type { CallbackSecret } from "@/lib/contract/callback-secrets";
import { SecretHint } from "./secret-hint";

type Props = DialogProps & {
  secret: CallbackSecret;
  /** The secret in use now. */
  currentHint: string | undefined;
  customer: string;
};

/** Confirms that deliveries will be signed with another secret. */
export function PromoteDialog({ secret, currentHint, customer, ...dialog }: Props) {
  const promote = useChange(() => promoteCallbackSecret(secret.id), dialog.onClose);
  return (
    <ConfirmDialog
      {...dialog}
      title="Sign with this secret?"
      confirm="Promote secret"
      keep="Not yet"
      isBusy={promote.isPending}
      failure={promote.error}
      isRepeatable
      onConfirm={() => promote.mutate(undefined)}
    >
      <p>
        From now on, deliveries to <StoredText className="text-ink">{customer}</StoredText> are signed with{" "}
        <SecretHint hint={secret.hint} />
        {currentHint && (
          <>
            {" "}
            instead of <SecretHint hint={currentHint} />
          </>
        )}
        . A receiver that doesn’t have it yet will reject every delivery.
      </p>
    </ConfirmDialog>
  );
}
