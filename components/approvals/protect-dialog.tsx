"use client";

import { CustomerSelect } from "@/components/organizations/customer-select";
import type { DialogProps } from "@/components/ui/dialog-state";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { protectCustomer } from "@/lib/client/approvals";
import type { Customer } from "@/lib/client/organizations";
import { useApiForm } from "@/lib/client/use-api-form";
import { ProtectionBody } from "@/lib/contract/organizations";

type Draft = { customer: Customer | undefined; reason: string };
const NONE: Draft = { customer: undefined, reason: "" };

/** Protects a customer: from then on, canceling its runs needs a second person. */
export function ProtectDialog(dialog: DialogProps) {
  const form = useApiForm({
    start: NONE,
    schema: ProtectionBody,
    toBody: ({ reason }) => ({ reason }),
    missing: ({ customer, reason }) => ({
      customer: !customer && "Choose a customer.",
      reason: !reason.trim() && "Give a reason.",
    }),
    send: (body, { customer }) => protectCustomer(customer!.id, "protection", body),
    onDone: () => {
      form.reset();
      dialog.onClose();
    },
  });
  return (
    <FormDialog
      {...dialog}
      {...form.props}
      title="Protect a customer"
      text="From then on, canceling its runs needs the approval of a second person. Removing the protection does too."
      submit="Protect customer"
      submitting="Protecting…"
      isRepeatable
    >
      <CustomerSelect
        chosen={form.values.customer}
        error={form.problemAt("customer")}
        onChange={(customer) => form.set("customer", customer)}
      />
      <TextField label="Reason" autoComplete="off" {...form.register("reason")} />
    </FormDialog>
  );
}
