"use client";

import { PasskeyFailure } from "@/components/account/passkey-failure";
import { Button } from "@/components/ui/button";
import { stepUp } from "@/lib/client/step-up-proof";
import { askPasskey } from "@/lib/client/passkeys";
import { useChange } from "@/lib/client/use-change";

type Props = { onConfirmed: () => void };

/** Instead of the password and a code. */
export function PasskeyStepUp({ onConfirmed }: Props) {
  const confirm = useChange(async () => stepUp({ passkey: await askPasskey() }), onConfirmed);
  return (
    <div className="grid gap-3">
      <Button isBusy={confirm.isPending} onClick={() => confirm.mutate(undefined)}>
        Use your passkey
      </Button>
      {confirm.error && <PasskeyFailure error={confirm.error} />}
    </div>
  );
}
