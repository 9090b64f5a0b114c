"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { Field, Input } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { latePart } from "@/components/ui/late-part";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import { readIdentityProvider, startProviderSignIn } from "@/lib/client/provider-sign-in";
import { readSecondFactors, stepUp } from "@/lib/client/step-up-proof";
import { useApiForm } from "@/lib/client/use-api-form";
import { StepUpBody } from "@/lib/contract/step-up";
import { describeProviderFailure } from "./sign-in-failures";

// Late, like all that few people need: the list of this dialog's chunks is part of every page.
const PasskeyStepUp = latePart(() => import("./passkey-step-up").then((module) => module.PasskeyStepUp));

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
        This needs a recent sign-in. Sign in again with <StoredText>{name}</StoredText>; you come back to this
        page, and can then repeat what you did.
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
  const [factors] = useState(readSecondFactors);
  const needsCode = factors.length > 0;
  const form = useApiForm({
    start: { password: "", code: "" },
    schema: StepUpBody,
    toBody: ({ password, code }) => ({ password, ...(needsCode && { code }) }),
    missing: ({ password, code }) => ({
      password: !password && "Enter your password.",
      code: needsCode && !code.trim() && "Enter a code.",
    }),
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
      text={`This needs a recent sign-in. Enter your password${needsCode ? " and a code" : ""} to continue; what you entered is kept.`}
      submit="Confirm"
      submitting="Confirming…"
      width="w-[24rem]"
    >
      {factors.includes("passkey") && <PasskeyStepUp onConfirmed={onConfirmed} />}
      <PasswordField
        id="step-up-password"
        label="Password"
        autoComplete="current-password"
        {...form.register("password")}
      />
      {needsCode && (
        <Field
          id="step-up-code"
          label={factors.includes("totp") ? "Code" : "Recovery code"}
          error={form.problemAt("code")}
        >
          <Input id="step-up-code" autoComplete="one-time-code" {...form.register("code")} />
        </Field>
      )}
    </FormDialog>
  );
}
