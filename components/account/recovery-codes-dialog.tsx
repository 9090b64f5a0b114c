"use client";

import { SecretDialog } from "@/components/secrets/secret-dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import type { DialogProps } from "@/components/ui/dialog-state";
import { makeRecoveryCodes } from "@/lib/client/factors";
import { useChange } from "@/lib/client/use-change";
import type { RecoveryCodes } from "@/lib/contract/factors";

type Props = DialogProps & { hasCodes: boolean; onEnd?: () => void };

/** Creates recovery codes and shows them once. */
export function RecoveryCodesDialog({ hasCodes, onEnd, ...dialog }: Props) {
  const make = useChange(makeRecoveryCodes);
  return (
    <SecretDialog
      {...dialog}
      {...(onEnd && { onEnd })}
      what="recovery codes"
      making={make}
      shown={showCodes}
      kept="I’ve saved them"
      lost="create new ones; these then stop working."
      width="w-[26rem]"
    >
      <DialogForm
        title="Create recovery codes?"
        text={
          <p>
            If you lose your phone or passkey, each of ten codes signs you in once, after your password.
            {hasCodes && " Your earlier codes stop working."}
          </p>
        }
        keep="Not now"
        submit="Create codes"
        submitting="Creating…"
        isHarmless
        isBusy={make.isPending}
        failure={make.error}
        onSubmit={() => make.mutate(undefined)}
      />
    </SecretDialog>
  );
}

const showCodes = ({ codes }: RecoveryCodes) => ({
  title: "Your recovery codes",
  text: <p>Shown only once. Keep them where you don’t need your phone, such as a password manager.</p>,
  value: codes.join("\n"),
});
