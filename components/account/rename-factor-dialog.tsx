"use client";

import type { DialogProps } from "@/components/ui/dialog-state";
import { Field, Input } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { renameFactor } from "@/lib/client/factors";
import { useApiForm } from "@/lib/client/use-api-form";
import { type Factor, RenameFactorBody } from "@/lib/contract/factors";

/** Renames one of the person's factors. */
export function RenameFactorDialog({ factor, ...dialog }: DialogProps & { factor: Factor }) {
  const form = useApiForm({
    start: { name: factor.name },
    schema: RenameFactorBody,
    missing: ({ name }) => ({ name: !name.trim() && "Enter a name." }),
    send: (body) => renameFactor(factor.id, body),
    onDone: dialog.onClose,
  });
  return (
    <FormDialog
      {...dialog}
      {...form.props}
      title="Rename this factor"
      submit="Rename"
      submitting="Renaming…"
      width="w-[24rem]"
    >
      <Field id="factor-name" label="Name" error={form.problemAt("name")}>
        <Input id="factor-name" maxLength={60} {...form.register("name")} />
      </Field>
    </FormDialog>
  );
}
