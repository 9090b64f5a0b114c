"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { plainStored } from "@/lib/client/bidi";
import { disableCallbackSecret } from "@/lib/client/callback-secrets";
import { useChange } from "@/lib/client/use-change";
import type { CallbackSecret } from "@/lib/contract/callback-secrets";
import { SecretHint } from "./secret-hint";

type Props = DialogProps & { secret: CallbackSecret; customer: string };

/** Confirms that a secret will be disabled for good. */
export function DisableSecretDialog({ secret, customer, ...dialog }: Props) {
  const disable = useChange(() => disableCallbackSecret(secret.id), dialog.onClose);
  return (
    <ConfirmDialog
      {...dialog}
      title="Disable this secret?"
      confirm="Disable secret"
      keep="Keep secret"
      isDangerous
      isBusy={disable.isPending}
      failure={disable.error}
      isRepeatable
      onConfirm={() => disable.mutate(undefined)}
    >
      <p>
        <SecretHint hint={secret.hint} /> can’t be enabled again.{" "}
        {secret.is_current
          ? `It’s the only one: deliveries to ${plainStored(customer)} will no longer be signed.`
          : "Nothing is signed with it now."}
      </p>
    </ConfirmDialog>
  );
}
