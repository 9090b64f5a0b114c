"use client";

import { useState } from "react";
import type { DialogProps } from "@/components/ui/dialog-state";
import { Field, Input } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { createPasskey } from "@/lib/client/passkeys";
import { useChange } from "@/lib/client/use-change";
import { PasskeyFailure } from "./passkey-failure";

type Props = DialogProps & { /** The passkey was added. */ onDone: () => void };

/** Adds a passkey: the browser asks where to keep it. */
export function PasskeyDialog({ onDone, ...dialog }: Props) {
  const [name, setName] = useState("Passkey");
  const add = useChange(createPasskey, () => {
    dialog.onClose();
    setName("Passkey");
    onDone();
  });
  const leave = () => {
    dialog.onClose();
    add.reset();
  };
  const isEmpty = name.trim() === "";
  return (
    <FormDialog
      {...dialog}
      onClose={leave}
      title="Add a passkey"
      text="Your browser asks where to keep it: on this device, on your phone, or on a security key. It signs you in without a password."
      submit="Continue"
      submitting="Waiting for the browser…"
      isBusy={add.isPending}
      failure={null}
      onSubmit={() => !isEmpty && add.mutate(name.trim())}
      width="w-[26rem]"
    >
      <Field id="passkey-name" label="Name" error={isEmpty ? "Enter a name." : undefined}>
        <Input
          id="passkey-name"
          maxLength={60}
          value={name}
          error={isEmpty ? "Enter a name." : undefined}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {add.error && !add.isPending && <PasskeyFailure error={add.error} />}
    </FormDialog>
  );
}
