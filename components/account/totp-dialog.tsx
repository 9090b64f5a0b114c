"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import type { DialogProps } from "@/components/ui/dialog-state";
import { Field, Input } from "@/components/ui/field";
import { addFactor } from "@/lib/client/factors";
import { useApiForm } from "@/lib/client/use-api-form";
import { useTotpSetup } from "@/lib/client/use-totp-setup";
import { AddFactorBody } from "@/lib/contract/factors";
import { QrCode } from "./qr-code";

type Props = DialogProps & { /** The app was added. */ onDone: () => void };

/** Sets up an authenticator app: shows its secret once, and asks for the first code. */
export function TotpDialog({ onDone, ...dialog }: Props) {
  const setup = useTotpSetup();
  const form = useApiForm({
    start: { name: "Authenticator app", code: "" },
    schema: AddFactorBody,
    toBody: ({ name, code }) => ({ kind: "totp", name, code, setup: setup.data?.setup ?? "" }),
    missing: ({ name, code }) => ({
      name: !name.trim() && "Enter a name.",
      code: !code.trim() && "Enter the code that the app shows.",
    }),
    send: addFactor,
    onDone: () => {
      leave();
      onDone();
    },
  });
  // A dialog that was left keeps no secret.
  const leave = () => {
    dialog.onClose();
    form.reset();
    setup.reset();
  };
  return (
    <Dialog
      {...dialog}
      isDescribed
      isBusy={form.props.isBusy || setup.isPending}
      onClose={leave}
      className="w-[28rem]"
    >
      {setup.data ? (
        <DialogForm
          {...form.props}
          title="Scan the QR code"
          text="Scan it with the app, or type the secret into it. It is shown only now. Then enter the code that the app shows."
          submit="Add app"
          submitting="Adding…"
        >
          <div className="grid justify-items-center gap-3">
            <QrCode text={setup.data.uri} label="QR code of the secret" />
            <div className="bg-sunken flex items-center gap-2 rounded px-3 py-2">
              <code data-testid="secret" className="mono min-w-0 break-all">
                {setup.data.secret}
              </code>
              <CopyButton text={setup.data.secret} what="secret" />
            </div>
          </div>
          <Field id="totp-code" label="Code" error={form.problemAt("code")}>
            <Input
              id="totp-code"
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
              {...form.register("code")}
            />
          </Field>
          <Field id="totp-name" label="Name" error={form.problemAt("name")}>
            <Input id="totp-name" maxLength={60} {...form.register("name")} />
          </Field>
        </DialogForm>
      ) : (
        <DialogForm
          title="Set up an authenticator app"
          text="You need an app on your phone that shows codes, such as Google Authenticator, 1Password or Aegis."
          submit="Continue"
          isHarmless
          isBusy={setup.isPending}
          failure={setup.error}
          onSubmit={() => setup.mutate()}
        />
      )}
    </Dialog>
  );
}
