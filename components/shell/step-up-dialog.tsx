"use client";

import type { DialogProps } from "@/components/ui/dialog-state";
import { FormDialog } from "@/components/ui/form-dialog";
import { PasswordField } from "@/components/ui/password-field";
import { stepUp } from "@/lib/client/sessions";
import { useApiForm } from "@/lib/client/use-api-form";
import { StepUpBody } from "@/lib/contract/sessions";

type Props = DialogProps & { /** The person has confirmed who they are. */ onConfirmed: () => void };

/** Asks for the signed-in person's password before a change that needs a recent sign-in. */
export function StepUpDialog({ onConfirmed, ...dialog }: Props) {
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
