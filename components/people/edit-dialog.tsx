"use client";

import { offerApproval } from "@/components/approvals/offer-approval";
import type { DialogProps } from "@/components/ui/dialog-state";
import { FormDialog } from "@/components/ui/form-dialog";
import { plainStored } from "@/lib/client/bidi";
import type { Customer } from "@/lib/client/organizations";
import { updatePerson } from "@/lib/client/people";
import { useApiForm } from "@/lib/client/use-api-form";
import { UpdatePersonBody } from "@/lib/contract/people";
import { changesOf, findMissing, grantOf, toBody } from "./person-draft";
import { PersonFields } from "./person-fields";
import type { StaffPerson } from "./staff-person";

type Props = DialogProps & {
  person: StaffPerson;
  /** The customers in their access list. */
  customers: Customer[];
  mayReachAll: boolean;
};

/** Changes a person's name, role and access. */
export function EditDialog({ person, customers, mayReachAll, ...dialog }: Props) {
  const { name, email, role, reach } = person;
  const form = useApiForm({
    start: { name, email, role, reach: { all: reach.all, customers } },
    schema: UpdatePersonBody,
    toBody: (draft) => changesOf(person, draft),
    missing: findMissing,
    send: (body) => updatePerson(person.id, body),
    onDone: dialog.onClose,
  });
  return (
    <FormDialog
      {...dialog}
      {...form.props}
      title={`Edit ${plainStored(name)}`}
      text="Changes take effect immediately, including in open sessions and for their keys."
      submit="Save changes"
      submitting="Saving…"
      explain={offerApproval(grantOf(toBody(form.values)))}
      isRepeatable
    >
      <PersonFields {...{ form, mayReachAll }} />
    </FormDialog>
  );
}
