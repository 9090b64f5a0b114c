"use client";

import type { DialogProps } from "@/components/ui/dialog-state";
import { FormDialog } from "@/components/ui/form-dialog";
import { PasswordField } from "@/components/ui/password-field";
import { changePassword } from "@/lib/client/people";
import { useApiForm } from "@/lib/client/use-api-form";
import { ChangePasswordBody, PASSWORD_MIN } from "@/lib/contract/people";

type Props = DialogProps & {
  email: string;
  /** The password was changed. */
  onDone: () => void;
};

/** Changes the signed-in person's own password. */
export function ChangePasswordDialog({ email, onDone, ...dialog }: Props) {
  const form = useApiForm({
    start: { current_password: "", new_password: "" },
    schema: ChangePasswordBody,
    missing: (values) => ({
      current_password: !values.current_password && "Enter your current password.",
      new_password: !values.new_password && "Enter a new password.",
    }),
    send: changePassword,
    onDone: () => {
      form.reset();
      dialog.onClose();
      onDone();
    },
  });
  // A dialog that was left keeps no passwords.
  const close = () => {
    form.reset();
    dialog.onClose();
  };
  return (
    <FormDialog
      {...dialog}
      {...form.props}
      onClose={close}
      title="Change your password"
      text="You stay signed in here. Your other sessions end."
      submit="Change password"
      submitting="Changing…"
      width="w-[26rem]"
    >
      {/* Password managers need the account of the password. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        id="current-password"
        label="Current password"
        autoComplete="current-password"
        {...form.register("current_password")}
      />
      <PasswordField
        id="new-password"
        label="New password"
        autoComplete="new-password"
        aria-describedby="new-password-hint"
        {...form.register("new_password")}
        hint={
          <p id="new-password-hint" className="text-ink-muted text-sm">
            At least {PASSWORD_MIN} characters of any kind. A few unrelated words are easy to remember.
          </p>
        }
      />
    </FormDialog>
  );
}
