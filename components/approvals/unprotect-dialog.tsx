"use client";

import type { DialogProps } from "@/components/ui/dialog-state";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { plainStored } from "@/lib/client/bidi";
import { protectCustomer } from "@/lib/client/approvals";
import type { Customer } from "@/lib/client/organizations";
import { useApiForm } from "@/lib/client/use-api-form";
import { ProtectionBody } from "@/lib/contract/organizations";
import { offerApproval } from "./offer-approval";

type Props = DialogProps & { customer: Customer };

/** Removes a customer's protection, with the approval of a second person. */
export function UnprotectDialog({ customer, ...dialog }: Props) {
  const form = useApiForm({
    start: { reason: "" },
    schema: ProtectionBody,
    missing: ({ reason }) => ({ reason: !reason.trim() && "Give a reason." }),
    send: (body) => protectCustomer(customer.id, "unprotection", body),
    onDone: dialog.onClose,
  });
  return (
    <FormDialog
      {...dialog}
      {...form.props}
      role="alertdialog"
      title={`Remove the protection of ${plainStored(customer.name)}?`}
      text="Afterwards, one person can cancel its runs. This needs the approval of a second person."
      keep="Keep protection"
      submit="Remove protection"
      submitting="Removing…"
      isRepeatable
      explain={offerApproval(
        { kind: "organization.unprotect", organization_id: customer.id },
        form.values.reason,
      )}
    >
      <TextField label="Reason" autoComplete="off" {...form.register("reason")} />
    </FormDialog>
  );
}
