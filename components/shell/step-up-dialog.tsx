"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { FormDialog } from "@/components/ui/form-dialog";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import { readIdentityProvider, startProviderSignIn } from "@/lib/client/provider-sign-in";
import { stepUp } from "@/lib/client/sessions";
import { useApiForm } from "@/lib/client/use-api-form";
import { StepUpBody } from "@/lib/contract/sessions";
import { describeProviderFailure } from "./sign-in-failures";

type Props = DialogProps & { /** The person has confirmed who they are. */ onConfirmed: () => void };

/** Asks the signed-in person to prove who they are before a change that needs a recent sign-in. */
export function StepUpDialog(props: Props) {
  const [provider] = useState(readIdentityProvider);
  return provider ? <ProviderStepUp {...props} provider={provider} /> : <PasswordStepUp {...props} />;
}

type ProviderProps = DialogProps & { provider: { id: string; name: string } };

/** Leaves the page for the identity provider, and comes back to it. */
function ProviderStepUp({ provider: { id, name }, ...dialog }: ProviderProps) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const start = async () => {
    setBusy(true);
    const next = window.location.pathname + window.location.search;
    const failed = await startProviderSignIn(id, next, { isStepUp: true });
    if (failed === undefined) return;
    setBusy(false);
    setFailure(failed);
  };
  return (
    <ConfirmDialog
      {...dialog}
      title="Confirm it’s you"
      confirm={`Continue with ${plainStored(name)}`}
      keep="Not now"
      isBusy={isBusy}
      failure={null}
      isRepeatable
      onConfirm={() => void start()}
    >
      <p>
        You signed in a while ago. Sign in again with <StoredText>{name}</StoredText>; you come back to this
        page, and can then repeat the change.
      </p>
      {failure && (
        <Notice tone="danger" role="alert" className="mt-2">
          {describeProviderFailure(failure, name)}
        </Notice>
      )}
    </ConfirmDialog>
  );
}

function PasswordStepUp({ onConfirmed, ...dialog }: Props) {
  const form = useApiForm({
    start: { password: "" },
    schema: StepUpBody,
    missing: ({ password }) => ({ password: !password && "Enter your password." }),
    send: stepUp,
    onDone: () => {
      form.reset();
      onConfirmed();
    },
  });
  const close = () => {
    form.reset();
    dialog.onClose();
  };
  return (
    <FormDialog
      {...dialog}
      {...form.props}
      onClose={close}
      title="Confirm it’s you"
      text="You signed in a while ago. Enter your password to continue; what you entered is kept."
      submit="Confirm"
      submitting="Confirming…"
      width="w-[24rem]"
    >
      <PasswordField
        id="step-up-password"
        label="Password"
        autoComplete="current-password"
        {...form.register("password")}
      />
    </FormDialog>
  );
}
