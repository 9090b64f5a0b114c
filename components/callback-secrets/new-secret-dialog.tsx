"use client";

import { SecretDialog } from "@/components/secrets/secret-dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import type { DialogProps } from "@/components/ui/dialog-state";
import { plainStored } from "@/lib/client/bidi";
import { createCallbackSecret } from "@/lib/client/callback-secrets";
import { useChange } from "@/lib/client/use-change";

type Props = DialogProps & { orgId: string; customer: string; isFirst: boolean };

/** Creates a signing secret and shows it once. */
export function NewSecretDialog({ orgId, customer, isFirst, ...dialog }: Props) {
  const create = useChange(() => createCallbackSecret(orgId));
  return (
    <SecretDialog
      {...dialog}
      role="alertdialog"
      what="secret"
      making={create}
      shown={({ secret }) => ({
        title: "Your new secret",
        text: "Shown only once. Send it to the customer over a secure channel before closing.",
        value: secret,
      })}
      kept="I’ve saved the secret"
      lost="disable it and create another one."
    >
      <DialogForm
        title={`Create a signing secret for ${plainStored(customer)}?`}
        text={
          isFirst
            ? "This is their first secret: every delivery is signed with it immediately."
            : "Not used for signing until you promote it, so the customer can add it first."
        }
        submit="Create secret"
        submitting="Creating…"
        isHarmless
        isBusy={create.isPending}
        failure={create.error}
        onSubmit={() => create.mutate(undefined)}
      />
    </SecretDialog>
  );
}
